import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createStoreDirectory } from '../../test/store/store-directory.ts';
import { createLogKeeper } from './keep-log-short.ts';
import { openSqliteFile } from './open-sqlite-file.ts';
import { openSqliteWriter } from './sqlite-entries.ts';

const maxBytes = 1 << 20;

test('behavior: a log that is too long is moved into the table, unless somebody reads it', async () => {
  await using directory = await createStoreDirectory();
  const reader = openSqliteFile(directory.path);
  const database = openSqliteWriter(directory.path);
  // As beside others who write without a break: SQLite never finds its moment.
  database.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF');
  const size = () => statSync(join(directory.path, 'payments.sqlite-wal')).size;
  const keepLogShort = createLogKeeper({ database, path: directory.path, maxBytes });
  const put = database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?)');
  const write = () => {
    for (let i = 0; i < 1_000; i += 1) {
      put.run(Buffer.from('key'), Buffer.alloc(2_000, i));
      keepLogShort();
    }
  };
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM entries').get();
  write();
  expect(size()).toBeGreaterThan(maxBytes);
  reader.exec('COMMIT');
  write();
  expect(size()).toBe(0);
  expect(reader.prepare('SELECT value FROM entries').all()).toHaveLength(1);
  reader.close();
  database.close();
  const again = new DatabaseSync(join(directory.path, 'payments.sqlite'));
  expect(again.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  again.close();
});
