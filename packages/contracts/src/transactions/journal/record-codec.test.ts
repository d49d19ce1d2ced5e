import { expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { journalRecord } from '../../../test/journal-cases.ts';
import { decodeJournalRecord, encodeJournalRecord } from './record-codec.ts';

const text = encodeJournalRecord(journalRecord);
const decode = async (changed: string) => decodeJournalRecord(changed, 'a.sqlite, record one');

test('default: there and back', async () => {
  expect(await decode(text)).toEqual(journalRecord);
  const minimal = { ...journalRecord, nonce: undefined, holder: undefined, end: undefined };
  expect(await decode(encodeJournalRecord({ ...minimal, versions: [] }))).toEqual({
    ...{ ...minimal, versions: [] },
  });
});

test.each([
  ['"format":1', '"format":2', 'a.sqlite, record one, format', '1'],
  ['"gas":"90000"', '"gas":90000', 'a.sqlite, record one, gas', 'a decimal number'],
  [
    '"kind":"cancel"',
    '"kind":"bribe"',
    'a.sqlite, record one, versions[1], kind',
    'original or speed-up or cancel',
  ],
  [
    '"maxPriorityFeePerGas":"3"',
    '"tip":"3"',
    'a.sqlite, record one, versions[0], fees, maxPriorityFeePerGas',
    'a decimal number',
  ],
  [
    '"kind":"cancelled"',
    '"kind":"lost"',
    'a.sqlite, record one, end, kind',
    'mined or cancelled or superseded',
  ],
])('error: %s', async (from, to, place, expected) => {
  expect(text).toContain(from);
  const error = await failure(decode(text.replace(from, to)));
  expect([error.code, error.place, error.expected]).toEqual(['JOURNAL_INVALID', place, expected]);
});

test('error: no JSON', async () => {
  const error = await failure(decode(text.slice(0, 20)));
  expect([error.code, error.message]).toEqual([
    'JOURNAL_INVALID',
    'An entry of the journal of transactions cannot be read.\nPlace: a.sqlite, record one',
  ]);
});
