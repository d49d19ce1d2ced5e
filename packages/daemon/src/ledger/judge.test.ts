import { expect, test } from 'vitest';
import { type Circumstances, judge, maxOpenIntervals, type SignedPayment } from './judge.ts';
import { type ChannelRecord, type Entry, emptyRecord } from './record.ts';

const signature = new Uint8Array(65);
const alive = 'aa'.repeat(16);
const dead = 'dd'.repeat(16);

/** Nonce 3, consumed (0, 10] except (4, 6]. */
const record: ChannelRecord = {
  ...emptyRecord(1n, 3n),
  settledAmount: 10n,
  settledSignature: signature,
  open: [{ from: 4n, to: 6n }],
};

const around: Circumstances = {
  reserved: [],
  limit: 100n,
  isOwnerAlive: (owner) => owner === alive,
};

function pay(amount: bigint, price: bigint, more: Partial<SignedPayment> = {}): SignedPayment {
  return { nonce: 3n, amount, price, signature, allowGap: false, ...more };
}

function entry(amount: bigint, price: bigint, owner: string, nonce = 3n): Entry {
  return { nonce, amount, price, signature, owner, call: 1n, committedAt: 0 };
}

function verdictOf(
  payment: SignedPayment,
  changes: Partial<ChannelRecord> = {},
  circumstances: Partial<Circumstances> = {},
): string {
  return judge({ ...record, ...changes }, payment, { ...around, ...circumstances }).kind;
}

test('default: a payment at the top is accepted', () => {
  expect(verdictOf(pay(12n, 2n))).toBe('accept');
});

test('behavior: J1, an orphan is taken over, also when the nonce has moved', () => {
  expect(verdictOf(pay(12n, 2n), { entries: [entry(12n, 2n, dead)] })).toBe('takeOver');
  expect(verdictOf(pay(12n, 2n), { entries: [entry(12n, 2n, '')] })).toBe('takeOver');
  const old = { entries: [entry(8n, 2n, dead, 2n)] };
  expect(verdictOf(pay(8n, 2n, { nonce: 2n }), old)).toBe('takeOver');
});

test('behavior: J1, an orphan that is being taken over here is busy', () => {
  const reserved = [{ from: 10n, to: 12n }];
  expect(verdictOf(pay(12n, 2n), { entries: [entry(12n, 2n, dead)] }, { reserved })).toBe('busy');
});

test('behavior: J1, the price is part of the payment', () => {
  expect(verdictOf(pay(12n, 1n), { entries: [entry(12n, 2n, dead)] })).toBe('income');
});

test('behavior: J2, another nonce', () => {
  expect(verdictOf(pay(2n, 2n, { nonce: 2n }))).toBe('nonce');
  expect(verdictOf(pay(2n, 2n, { nonce: 4n }))).toBe('nonce');
  const running = { entries: [entry(8n, 2n, alive, 2n)] };
  expect(verdictOf(pay(8n, 2n, { nonce: 2n }), running)).toBe('busy');
});

test('behavior: J3, a stretch reserved here', () => {
  const reserved = [{ from: 10n, to: 12n }];
  expect(verdictOf(pay(12n, 2n), {}, { reserved })).toBe('busy');
  expect(verdictOf(pay(13n, 2n), {}, { reserved })).toBe('busy');
});

test('behavior: J4, consumed: busy while its owner lives, otherwise income', () => {
  expect(verdictOf(pay(12n, 2n), { entries: [entry(12n, 2n, alive)] })).toBe('busy');
  expect(verdictOf(pay(9n, 2n))).toBe('income');
  expect(verdictOf(pay(11n, 2n))).toBe('income');
  expect(verdictOf(pay(7n, 2n))).toBe('income');
});

test('behavior: J5, above what the channel can pay', () => {
  expect(verdictOf(pay(12n, 2n), {}, { limit: 12n })).toBe('accept');
  expect(verdictOf(pay(12n, 2n), {}, { limit: 11n })).toBe('funds');
});

test('behavior: J6, inside an open stretch or after a reserved one', () => {
  expect(verdictOf(pay(6n, 2n))).toBe('accept');
  expect(verdictOf(pay(5n, 1n))).toBe('accept');
  expect(verdictOf(pay(14n, 2n), {}, { reserved: [{ from: 10n, to: 12n }] })).toBe('accept');
});

test('behavior: J7, ahead of its predecessors', () => {
  expect(verdictOf(pay(14n, 2n))).toBe('early');
  expect(verdictOf(pay(14n, 2n, { allowGap: true }))).toBe('accept');
});

test('behavior: J7, gaps end where the record would grow without end', () => {
  const open = Array.from({ length: maxOpenIntervals }, (_, index) => ({
    from: BigInt(index * 4),
    to: BigInt(index * 4 + 2),
  }));
  const full = { open, settledAmount: 1000n };
  expect(
    judge({ ...record, ...full }, pay(1004n, 2n, { allowGap: true }), { ...around, limit: 2000n })
      .kind,
  ).toBe('early');
});

test('behavior: less than the price on an empty channel is income', () => {
  const empty = { open: [], settledAmount: 0n };
  expect(verdictOf(pay(1n, 2n), empty)).toBe('income');
});

test('behavior: a free method is paid by the top itself', () => {
  expect(verdictOf(pay(10n, 0n))).toBe('accept');
  expect(verdictOf(pay(9n, 0n))).toBe('income');
});
