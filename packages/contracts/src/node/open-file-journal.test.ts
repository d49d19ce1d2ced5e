import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test, vi } from 'vitest';
import { failure } from '../../test/failure.ts';
import { journalCases, journalRecord } from '../../test/journal-cases.ts';
import { openFileJournal } from './open-file-journal.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'snetkit-journal-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

const write = async (where = directory) => {
  const journal = openFileJournal({ directory: where });
  await journal.update(journalRecord, 'one', () => ({ record: journalRecord, result: 0 }));
  await journal.close();
  return join(where, '31337', journalRecord.address.toLowerCase(), 'journal.sqlite');
};

test.for(journalCases)('$name', async ({ run, expected }) => {
  expect(await run(() => openFileJournal({ directory }))).toEqual(expected);
});

test('default: in the state directory of the user', async () => {
  vi.stubEnv('XDG_STATE_HOME', directory);
  const journal = openFileJournal();
  await journal.update(journalRecord, 'one', () => ({ record: journalRecord, result: 0 }));
  await journal.close();
  vi.unstubAllEnvs();
  const folder = join(directory, 'snet', 'transactions', '31337');
  expect(readdirSync(folder)).toEqual([journalRecord.address.toLowerCase()]);
});

test('behavior: it is there when the journal is opened again; only the user can read it', async () => {
  const file = await write();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  const journal = openFileJournal({ directory });
  expect(await journal.list(journalRecord)).toEqual([journalRecord]);
  await journal.close();
});

test('behavior: two that share a directory, as two processes do, take turns', async () => {
  const [one, other] = [openFileJournal({ directory }), openFileJournal({ directory })];
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const held = one.lock(journalRecord, { timeoutMs: 30_000 }, async () => {
    entered.resolve();
    await first.promise;
    order.push('one');
  });
  await entered.promise;
  const next = other.lock(journalRecord, { timeoutMs: 30_000 }, async () => order.push('other'));
  const late = await failure(other.lock(journalRecord, { timeoutMs: 0 }, async () => {}));
  expect(late.code).toBe('TIMED_OUT');
  first.resolve();
  await Promise.all([held, next]);
  expect(order).toEqual(['one', 'other']);
  await Promise.all([one.close(), other.close()]);
});

test('behavior: a holder that has closed is not alive for others', async () => {
  const [one, other] = [openFileJournal({ directory }), openFileJournal({ directory })];
  expect(other.isHolderAlive(one.holder)).toBe(true);
  await one.close();
  expect(other.isHolderAlive(one.holder)).toBe(false);
  await other.close();
});

test('error: a record that is damaged', async () => {
  const file = await write();
  const database = new DatabaseSync(file);
  database.exec(`UPDATE pending SET record = '{}'`);
  database.close();
  const journal = openFileJournal({ directory });
  const error = await failure(journal.list(journalRecord));
  expect(error.message.replace(directory, '')).toBe(
    `An entry of the journal of transactions is not as it was written.\nPlace: ${file.replace(directory, '')}, record one, format\nExpected: an integer`,
  );
  await journal.close();
});

test('error: a directory that cannot be made', async () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  const error = await failure(
    Promise.resolve().then(() => openFileJournal({ directory: join(file, 'inside') })),
  );
  expect([error.code, error.message]).toEqual([
    'JOURNAL_UNAVAILABLE',
    `The journal of transactions cannot be used.\nPlace: ${join(file, 'inside')}`,
  ]);
});

test('error: a file that is no database', async () => {
  const file = await write();
  rmSync(`${file}-wal`, { force: true });
  rmSync(`${file}-shm`, { force: true });
  writeFileSync(file, 'x'.repeat(5_000));
  const journal = openFileJournal({ directory });
  const error = await failure(journal.list(journalRecord));
  expect([error.code, error.place]).toEqual(['JOURNAL_UNAVAILABLE', file]);
  await journal.close();
});
