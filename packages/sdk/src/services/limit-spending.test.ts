import { createMemoryLedger, type LedgerRecord } from '@snetkit/payments';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { limitSpending } from './limit-spending.ts';

const key = {
  chainId: 1,
  mpe: '0x5e592F9b1d303183d963635f895f0f0C48284f4e',
  channelId: 1n,
} as const;
const token = { symbol: 'FET', decimals: 18 };
const empty = {
  channelId: 1n,
  sender: key.mpe,
  signer: key.mpe,
  recipient: key.mpe,
  groupId: `0x${'00'.repeat(32)}`,
  nonce: 0n,
  value: 1_000n,
  expiration: 10n,
  claimed: 0n,
  signed: 0n,
  free: [],
  pending: [],
  charged: [],
  maxInFlight: 8,
  synchronised: true,
} satisfies LedgerRecord;

function start(maxSpend: bigint) {
  const { ledger, check } = limitSpending(createMemoryLedger(), {
    ...{ maxSpend, token, place: 'local/text' },
  });
  const change = (part: (record: LedgerRecord) => Partial<LedgerRecord>) =>
    ledger.update(key, (stored = empty) => ({
      record: { ...stored, ...part(stored) },
      result: undefined,
    }));
  return {
    check,
    change,
    sign: (call: string, price: bigint) =>
      change(({ signed, pending }) => ({
        signed: signed + price,
        pending: [
          ...pending,
          { amount: signed + price, price, holder: 'me', call, inDoubt: false },
        ],
      })),
    end: (call: string, more: Partial<LedgerRecord> = {}) =>
      change(({ pending }) => ({ ...more, pending: pending.filter((one) => one.call !== call) })),
  };
}

test('default: what is in flight and what was charged count', async () => {
  const client = start(30n);
  await client.sign('a', 10n);
  await client.sign('b', 10n);
  await client.end('a');
  await client.sign('c', 10n);
  const error = await catchError(() => client.sign('d', 1n));
  expect(error.message).toBe(
    [
      'The client would spend more than it may.',
      'Place: local/text',
      'Expected: at most 0.00000000000000003 FET in all',
      'Found: 0.000000000000000031 FET with this call',
    ].join('\n'),
  );
});

test('behavior: what was not charged is there again', async () => {
  const client = start(20n);
  await client.sign('a', 10n);
  await client.sign('b', 10n);
  await client.end('a', { free: [{ from: 0n, to: 10n }] });
  await client.sign('c', 10n);
  // The top came down.
  await client.end('c', { signed: 20n });
  await client.sign('d', 10n);
  expect((await catchError(() => client.sign('e', 1n))).code).toBe('SPENDING_ABOVE_LIMIT');
});

test('behavior: what is not charged may be signed again in the same change', async () => {
  const client = start(10n);
  await client.sign('a', 10n);
  const again = { amount: 10n, price: 10n, holder: 'me', call: 'b', inDoubt: false };
  await client.change(() => ({ pending: [again] }));
  await client.end('b');
  expect((await catchError(() => client.sign('c', 1n))).code).toBe('SPENDING_ABOVE_LIMIT');
});

test('behavior: a claim leaves nothing to sign again', async () => {
  const client = start(10n);
  await client.sign('a', 10n);
  await client.end('a', { nonce: 1n, signed: 0n });
  expect((await catchError(() => client.sign('b', 1n))).code).toBe('SPENDING_ABOVE_LIMIT');
});

test('behavior: a look ahead counts what is spent, not what is in flight', async () => {
  const client = start(10n);
  await client.sign('a', 10n);
  client.check(10n);
  await client.end('a');
  expect((await catchError(() => client.check(1n))).code).toBe('SPENDING_ABOVE_LIMIT');
});
