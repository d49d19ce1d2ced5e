import type { LedgerRecord, VerifiedState } from '@snetkit/payments';
import { expect, test } from 'vitest';
import { measureSpending } from './measure-spending.ts';

const channel = { nonce: 1n, value: 100n };
const record = {
  nonce: 1n,
  value: 90n,
  claimed: 0n,
  signed: 30n,
  free: [{ from: 10n, to: 15n }],
} as unknown as LedgerRecord;
const told = { nonce: 1n, top: 40n, claimed: 0n, open: [] } as unknown as VerifiedState;

test('default: the ledger tells, by the value that the chain has now', () => {
  expect(measureSpending(channel, record)).toEqual({ signed: 30n, unspent: 75n });
});

test('behavior: who knows of more is right', () => {
  expect(measureSpending(channel, record, told)).toEqual({ signed: 40n, unspent: 60n });
  const older = { ...told, top: 20n, open: [{ from: 0n, to: 5n }] };
  expect(measureSpending(channel, record, older)).toEqual({ signed: 30n, unspent: 75n });
  expect(measureSpending(channel, undefined, told)).toEqual({ signed: 40n, unspent: 60n });
});

test('behavior: what was signed before the last claim does not count', () => {
  const before = { ...record, nonce: 0n };
  expect(measureSpending(channel, before)).toEqual({ signed: undefined, unspent: 100n });
});
