import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedgerDatabase } from './ledger-database.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'snetkit-ledger-'));
  file = join(directory, 'ledger.sqlite');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('default: what is written is there when the file is opened again', () => {
  const first = openLedgerDatabase(file);
  first.transact(() => first.writeRecord('2', 'b'));
  first.transact(() => {
    first.writeRecord('1', 'a');
    first.writeRecord('2', 'c');
  });
  first.writeCursor('mine', '7');
  first.close();
  const second = openLedgerDatabase(file);
  expect(second.listRecords()).toEqual([
    { id: '1', record: 'a' },
    { id: '2', record: 'c' },
  ]);
  expect(second.readRecord('2')).toBe('c');
  expect(second.readRecord('3')).toBe(undefined);
  expect(second.readCursor('mine')).toBe('7');
  expect(second.readCursor('yours')).toBe(undefined);
  second.close();
});

test('behavior: work that throws leaves nothing behind, and the next one runs', () => {
  const ledger = openLedgerDatabase(file);
  ledger.transact(() => ledger.writeRecord('1', 'a'));
  const failing = () =>
    ledger.transact(() => {
      ledger.writeRecord('1', 'b');
      throw new TypeError('stop');
    });
  expect(failing).toThrow('stop');
  expect(ledger.readRecord('1')).toBe('a');
  expect(ledger.transact(() => ledger.readRecord('1'))).toBe('a');
  ledger.close();
});

test('behavior: processes see what each other wrote', () => {
  const ledger = openLedgerDatabase(file);
  const other = new DatabaseSync(file);
  ledger.transact(() => ledger.writeRecord('1', 'a'));
  expect(other.prepare('SELECT record FROM channel').all()).toEqual([{ record: 'a' }]);
  other.exec(`UPDATE channel SET record = 'b'`);
  other.close();
  expect(ledger.transact(() => ledger.readRecord('1'))).toBe('b');
  ledger.close();
});
