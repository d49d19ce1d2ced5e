import { beforeEach, expect, test } from 'vitest';
import { staying } from '../../test/accounts/open-account.ts';
import { openTestCounters } from '../../test/accounts/open-counter.ts';
import { prepaidKey } from '../accounts/counter-key.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import type { Metadata } from '../call/status.ts';
import { decodeCounter, encodeCounter } from '../ledger/counter-codec.ts';
import { createPrepaidTokens, type PrepaidTokens } from '../prepaid/prepaid-tokens.ts';
import { createFaultyStore } from '../store/faulty-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { PaymentType } from './payment.ts';
import { createPrepaidCall } from './prepaid-call.ts';

const payer = '0x94d04332C4f5273feF69c4a52D24f42a3aF1F207';

let store: Store;
let isUnreadable: boolean;
let tokens: PrepaidTokens;
let prepaid: PaymentType;
let token: string;

beforeEach(async () => {
  isUnreadable = false;
  store = createFaultyStore(createMemoryStore('test'), {
    beforeRead() {
      if (isUnreadable) throw new Error('the disk is gone');
    },
  });
  tokens = createPrepaidTokens({
    secret: 'x'.repeat(32),
    organizationId: 'org',
    groupId: 'group',
    lifetimeMinutes: 1,
    now: () => 1_800_000_000,
  });
  prepaid = createPrepaidCall({ counterAccounts: await openTestCounters(store), tokens });
  token = await tokens.issue({ channelId: 7n, address: payer });
  const value = encodeCounter({ planned: 10n, used: 0n, marks: [] });
  await store.commit([{ checks: [], writes: [{ key: prepaidKey(7n), value }] }]);
});

/** The head of a call, as it comes from the wire. */
function headOf(text: string, more: Metadata = {}) {
  const metadata = {
    'snet-payment-channel-id': '7',
    'snet-prepaid-auth-token-bin': Buffer.from(text).toString('base64'),
    ...more,
  };
  return { path: '/a.B/C', metadata, peer: { address: '127.0.0.1' } };
}

async function statusOf(promise: Promise<unknown>) {
  const refusal = await promise.catch((cause: unknown) => cause);
  expect(refusal).toBeInstanceOf(PaymentRefusal);
  return (refusal as PaymentRefusal).status;
}

async function usedNow(): Promise<bigint> {
  isUnreadable = false;
  const stored = await store.get(prepaidKey(7n));
  return stored === undefined ? 0n : decodeCounter(stored.value, '').used;
}

test('default: the price is taken when the call commits, from whom the token names', async () => {
  const payment = await prepaid.begin(headOf(token), { price: () => 4n, ...staying() });
  expect(payment.payer).toBe(payer);
  expect(await usedNow()).toBe(0n);
  await payment.commit();
  expect(await usedNow()).toBe(4n);
  expect(payment.handOver({ streaming: false })).toBe(true);
});

test('behavior: a charge that is taken back is not used', async () => {
  const payment = await prepaid.begin(headOf(token), { price: () => 10n, ...staying() });
  await payment.commit();
  await payment.takeBack();
  expect(await usedNow()).toBe(0n);
  const again = await prepaid.begin(headOf(token), { price: () => 10n, ...staying() });
  again.rollback();
  await prepaid.begin(headOf(token), { price: () => 10n, ...staying() });
});

test('behavior: the price, which may cost a request, is asked only for a good token', async () => {
  let asked = 0;
  const price = () => {
    asked += 1;
    return 1n;
  };
  for (const head of [
    headOf('a.b.c'),
    headOf(token, { 'snet-payment-channel-id': '8' }),
    headOf(token, { 'snet-payment-channel-id': 'x' }),
  ]) {
    await statusOf(prepaid.begin(head, { price, ...staying() }));
  }
  expect(asked).toBe(0);
  await prepaid.begin(headOf(token), { price, ...staying() });
  expect(asked).toBe(1);
});

test('behavior: calls that are running count, before they are charged', async () => {
  const begin = (cogs: bigint) => prepaid.begin(headOf(token), { price: () => cogs, ...staying() });
  const first = await begin(6n);
  expect(await statusOf(begin(5n))).toEqual({
    code: 13,
    message: 'internal error: Usage Exceeded on channel Id 7',
  });
  await begin(4n);
  first.rollback();
  await begin(6n);
});

test('error: a refusal of the price is passed on, and nothing stays reserved', async () => {
  const refusal = new PaymentRefusal(13, 'internal error: price is not defined');
  const price = () => Promise.reject(refusal);
  expect(await statusOf(prepaid.begin(headOf(token), { price, ...staying() }))).toEqual(
    refusal.status,
  );
  await prepaid.begin(headOf(token), { price: () => 10n, ...staying() });
});

test('error: a store that cannot be read serves nothing', async () => {
  isUnreadable = true;
  expect(await statusOf(prepaid.begin(headOf(token), { price: () => 4n, ...staying() }))).toEqual({
    code: 13,
    message: 'unable to store new payment channel state',
  });
});

test('error: switched off, whatever the token', async () => {
  const off = createPrepaidCall({
    counterAccounts: await openTestCounters(store),
    tokens: undefined,
  });
  expect(await statusOf(off.begin(headOf(token), { price: () => 1n, ...staying() }))).toEqual({
    code: 13,
    message:
      'internal error: prepaid calls are switched off by the service provider, pay by escrow',
  });
});
