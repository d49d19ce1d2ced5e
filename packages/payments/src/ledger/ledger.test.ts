import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { endPayment, intervalOf } from './end-payment.ts';
import { getUnspent, type LedgerRecord } from './ledger-record.ts';
import { decodeLedgerRecord, encodeLedgerRecord } from './record-codec.ts';
import { synchronise, type VerifiedState } from './synchronise.ts';

const holder = 'me';

const fresh: LedgerRecord = {
  channelId: 7n,
  sender: `0x${'11'.repeat(20)}`,
  signer: `0x${'11'.repeat(20)}`,
  recipient: `0x${'22'.repeat(20)}`,
  groupId: `0x${'33'.repeat(32)}`,
  nonce: 0n,
  value: 100n,
  expiration: 1000n,
  claimed: 0n,
  signed: 0n,
  free: [],
  pending: [],
  charged: [],
  maxInFlight: 64,
  synchronised: true,
};

const state: VerifiedState = {
  nonce: 0n,
  top: 0n,
  open: [],
  listed: [],
  claimed: 0n,
  value: 100n,
  expiration: 1000n,
  maxInFlight: 64,
};

const everybodyLives = { isHolderAlive: () => true };

function take(record: LedgerRecord, price: bigint, call: string) {
  const allocation = allocate(record, price, { holder, call });
  if (allocation.kind !== 'allocated') throw new Error(allocation.kind);
  return allocation;
}

test('default: amounts follow one another without waiting for their ends', () => {
  const first = take(fresh, 2n, 'a');
  const second = take(first.record, 3n, 'b');
  expect([first.payment.amount, second.payment.amount]).toEqual([2n, 5n]);
  expect(getUnspent(second.record)).toBe(95n);
});

test('behavior: what was not charged is used again, the lowest first', () => {
  const a = take(fresh, 2n, 'a').record;
  const b = take(a, 2n, 'b').record;
  const c = take(b, 2n, 'c').record;
  const failed = endPayment(c, { holder, call: 'b' }, 'notCharged');
  expect(failed.free).toEqual([{ from: 2n, to: 4n }]);
  expect(take(failed, 2n, 'd').payment.amount).toBe(4n);
  expect(take(failed, 3n, 'd').payment.amount).toBe(9n);
});

test('behavior: the top comes down when the last payment was not charged', () => {
  const a = take(fresh, 2n, 'a').record;
  const failed = endPayment(a, { holder, call: 'a' }, 'notCharged');
  expect(failed).toEqual(fresh);
});

test('behavior: an amount in doubt is given to nobody else', () => {
  const a = take(fresh, 2n, 'a').record;
  const doubtful = endPayment(a, { holder, call: 'a' }, 'inDoubt');
  expect(take(doubtful, 2n, 'b').payment.amount).toBe(4n);
});

test('behavior: the daemon says what became of a payment in doubt', () => {
  const a = endPayment(take(fresh, 2n, 'a').record, { holder, call: 'a' }, 'inDoubt');
  const charged = synchronise(a, { ...state, top: 2n }, everybodyLives);
  expect(charged).toMatchObject({ signed: 2n, pending: [], free: [] });
  const notCharged = synchronise(a, state, everybodyLives);
  expect(notCharged).toMatchObject({ signed: 0n, pending: [], free: [] });
  const listed = { nonce: 0n, amount: 2n, price: 2n, state: 'retry' } as const;
  const held = synchronise(a, { ...state, top: 2n, listed: [listed] }, everybodyLives);
  expect(held.pending).toHaveLength(1);
});

test('behavior: running payments of living processes are left alone, those of dead ones found out', () => {
  const a = take(fresh, 2n, 'a').record;
  const others = { ...a, pending: a.pending.map((one) => ({ ...one, holder: 'other' })) };
  expect(synchronise(others, state, everybodyLives)).toMatchObject({ signed: 2n, free: [] });
  const dead = { isHolderAlive: (one: string) => one === holder };
  expect(synchronise(others, state, dead)).toMatchObject({ signed: 0n, pending: [] });
});

test('behavior: a new nonce starts a new line', () => {
  const a = take(fresh, 40n, 'a').record;
  const claimed = { ...state, nonce: 1n, claimed: 40n };
  expect(synchronise(a, claimed, everybodyLives)).toMatchObject({
    nonce: 1n,
    signed: 0n,
    pending: [],
    claimed: 40n,
  });
});

test('error: more than the channel holds', () => {
  expect(allocate(fresh, 101n, { holder, call: 'a' })).toEqual({ kind: 'funds', missing: 1n });
});

test('property: no amount is ever given to two calls, and what is stored is read back', () => {
  const step = fc.record({
    kind: fc.constantFrom('take', 'take', 'charged', 'notCharged', 'inDoubt', 'synchronise'),
    price: fc.bigInt({ min: 1n, max: 4n }),
    which: fc.nat(),
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let record = fresh;
      // What the daemon would have consumed: every charged payment, and a random choice of the doubtful.
      const consumed = new Map<bigint, bigint>();
      for (const [index, { kind, price, which, open }] of steps.entries()) {
        const payment = record.pending[which % Math.max(1, record.pending.length)];
        if (kind === 'take') {
          const allocation = allocate(record, price, { holder, call: String(index) });
          if (allocation.kind === 'allocated') record = allocation.record;
        } else if (kind === 'synchronise') {
          record = synchronise(record, stateOf(consumed), everybodyLives);
        } else if (payment !== undefined && !payment.inDoubt) {
          if (kind === 'charged' || (kind === 'inDoubt' && open)) {
            consumed.set(payment.amount, payment.price);
          }
          record = endPayment(record, payment, kind);
        }
        expectSound(record, consumed);
        expect(decodeLedgerRecord(encodeLedgerRecord(record), 'test')).toEqual(record);
      }
    }),
    { numRuns: 1_000 },
  );
});

function stateOf(consumed: ReadonlyMap<bigint, bigint>): VerifiedState {
  const top = [...consumed.keys()].reduce((high, amount) => (amount > high ? amount : high), 0n);
  let from = 0n;
  const open: { from: bigint; to: bigint }[] = [];
  for (const [amount, price] of [...consumed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (amount - price > from) open.push({ from, to: amount - price });
    from = amount;
  }
  return { ...state, top, open };
}

function expectSound(record: LedgerRecord, consumed: ReadonlyMap<bigint, bigint>): void {
  const taken = [
    ...record.pending.map(intervalOf),
    ...record.free,
    ...[...consumed]
      .filter(([amount]) => !record.pending.some((one) => one.amount === amount))
      .map(([amount, price]) => ({ from: amount - price, to: amount })),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [index, { from, to }] of taken.entries()) {
    expect(from < to && to <= record.signed).toBe(true);
    const next = taken[index + 1];
    if (next !== undefined) expect(to <= next.from).toBe(true);
  }
}
