import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startStoreChild } from '../../test/store/start-store-child.ts';
import { createStoreDirectory } from '../../test/store/store-directory.ts';
import { commitBatch } from './commit-batch.ts';
import { openSqliteFile } from './open-sqlite-file.ts';
import { raiseSqliteVersion } from './raise-sqlite-version.ts';
import { createSqliteEntries, openSqliteWriter } from './sqlite-entries.ts';
import { openSqliteStore } from './sqlite-store.ts';

test('error: a full disk says unknown, and the store goes on with what fits', async () => {
  await using directory = await createStoreDirectory();
  await using child = await startStoreChild(directory.path, { maxFileKiB: 512 });
  child.tell('put small 1');
  expect(await child.hear()).toBe('applied 1');
  child.tell('put big x 1000000');
  expect(JSON.parse((await child.hear()).replace('unknown ', ''))).toEqual({
    code: 'STORE_UNAVAILABLE',
    class: 'store',
    message: 'The store did not take a write.',
    place: directory.path,
    found: 'disk I/O error',
    cause: { name: 'Error', message: 'disk I/O error' },
  });
  child.tell('put small 2');
  expect(await child.hear()).toBe('applied 2');
  const store = await openSqliteStore({ path: directory.path, scope: 'test' });
  expect(await store.get('big')).toBeUndefined();
  expect((await store.get('small'))?.version).toBe(2n);
  await store.close();
});

test('error: a flush that fails says unknown, and the store goes on', async () => {
  await using directory = await createStoreDirectory();
  // Made before, so that opening it flushes nothing: each thread counts its own calls.
  openSqliteFile(directory.path).close();
  await using child = await startStoreChild(directory.path, { injects: 'fsync:error=EIO:when=3' });
  const heard: string[] = [];
  for (let version = 1; version <= 4; version += 1) {
    child.tell(`put key ${version}`);
    heard.push(await child.hear());
  }
  expect(heard.filter((line) => line.includes('"found":"disk I/O error"'))).toHaveLength(1);
  expect(heard.at(-1)).toMatch(/^applied [34]$/);
  child.tell('close');
});

test('error: an item that cannot be written takes no other with it', async () => {
  await using directory = await createStoreDirectory();
  const database = openSqliteFile(directory.path);
  database.exec(
    "CREATE TRIGGER no BEFORE INSERT ON entries WHEN new.key = x'6b' BEGIN SELECT raise(ABORT, 'no room'); END",
  );
  const put = (key: string) => ({ checks: [], writes: [{ key, value: new Uint8Array([1]) }] });
  const target = { database, entries: createSqliteEntries(database), patienceMs: 1_000 };
  const outcomes = commitBatch(target, [put('a'), put('k'), put('b')]);
  expect(outcomes).toEqual([
    { outcome: 'applied', version: 1n },
    { outcome: 'unknown', cause: expect.objectContaining({ message: 'no room' }) },
    { outcome: 'applied', version: 2n },
  ]);
  database.close();
});

test('error: a lock that is never free is waited for once, not once for each item', async () => {
  await using directory = await createStoreDirectory();
  const other = openSqliteFile(directory.path);
  other.exec('BEGIN IMMEDIATE');
  const database = openSqliteWriter(directory.path);
  const asked: string[] = [];
  const exec = database.exec.bind(database);
  database.exec = (sql) => {
    asked.push(sql);
    exec(sql);
  };
  const put = (key: string) => ({ checks: [], writes: [{ key, value: new Uint8Array([1]) }] });
  // Without patience a lock is asked for once.
  const target = { database, entries: createSqliteEntries(database), patienceMs: -1 };
  const locked = {
    outcome: 'unknown',
    cause: expect.objectContaining({ message: 'database is locked' }),
  };
  expect(commitBatch(target, [put('a'), put('b'), put('c')])).toEqual([locked, locked, locked]);
  expect(asked).toEqual(['BEGIN IMMEDIATE']);
  database.close();
  other.close();
});

test('error: a writer that dies is replaced, and only its last batch is unknown', async () => {
  await using directory = await createStoreDirectory();
  const writers: Worker[] = [];
  const note = (worker: Worker) => writers.push(worker);
  process.on('worker', note);
  const store = await openSqliteStore({ path: directory.path, scope: 'test' });
  const put = (key: string) =>
    store.commit([{ checks: [], writes: [{ key, value: new Uint8Array([1]) }] }]);
  expect(await put('a')).toEqual([{ outcome: 'applied', version: 1n }]);
  await writers[0]?.terminate();
  expect(await put('b')).toEqual([{ outcome: 'applied', version: 2n }]);
  const other = openSqliteFile(directory.path);
  other.exec('BEGIN IMMEDIATE');
  const waiting = put('c');
  await writers[1]?.terminate();
  expect(await waiting).toEqual([
    {
      outcome: 'unknown',
      cause: expect.objectContaining({
        code: 'STORE_UNAVAILABLE',
        message: `The writer of the store stopped.\nPlace: ${directory.path}`,
      }),
    },
  ]);
  other.close();
  expect(await put('d')).toEqual([{ outcome: 'applied', version: 3n }]);
  expect(await store.get('c')).toBeUndefined();
  process.off('worker', note);
  await store.close();
});

test('error: versions that cannot be raised', async () => {
  await using directory = await createStoreDirectory();
  const database = openSqliteFile(directory.path);
  database.exec(
    "CREATE TRIGGER no BEFORE INSERT ON entries BEGIN SELECT raise(ABORT, 'no room'); END",
  );
  database.close();
  expect(() => raiseSqliteVersion(directory.path, 7n)).toThrow(
    `The store did not take a write.\nPlace: ${directory.path}\nFound: no room`,
  );
});

test('error: a path that is a file', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'file');
  await writeFile(path, '');
  await expect(openSqliteStore({ path, scope: 'test' })).rejects.toThrow(
    `The store cannot be opened.\nPlace: ${path}/payments.sqlite\nFound: EEXIST: file already exists, mkdir '${path}'`,
  );
});

test('error: a data file that is none', async () => {
  await using directory = await createStoreDirectory();
  const file = join(directory.path, 'payments.sqlite');
  await writeFile(file, Buffer.alloc(65_536, 7));
  await expect(openSqliteStore({ path: directory.path, scope: 'test' })).rejects.toThrow(
    `The store cannot be opened.\nPlace: ${file}\nFound: file is not a database`,
  );
});

test('error: the file of another program, or of a newer version', async () => {
  await using directory = await createStoreDirectory();
  const database = openSqliteFile(directory.path);
  database.exec('PRAGMA user_version = 2');
  await expect(openSqliteStore({ path: directory.path, scope: 'test' })).rejects.toThrow(
    /Expected: a store of snetd, format 1\nFound: format 2\nFix: Name the directory/,
  );
  database.exec('PRAGMA application_id = 7');
  await expect(openSqliteStore({ path: directory.path, scope: 'test' })).rejects.toThrow(
    /Found: another SQLite file/,
  );
  database.close();
});
