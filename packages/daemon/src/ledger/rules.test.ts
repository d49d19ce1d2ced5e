import fc from 'fast-check';
import { expect, test } from 'vitest';
import { removeClaim, startClaim } from './claim.ts';
import { commitCall } from './commit.ts';
import { contains, intervalOf, overlaps, totalLength } from './intervals.ts';
import { judge } from './judge.ts';
import { keep } from './keep.ts';
import { getLimit } from './limit.ts';
import { type ChannelRecord, type Entry, emptyRecord } from './record.ts';
import { decodeChannelRecord, encodeChannelRecord } from './record-codec.ts';
import { getOwed, getTop } from './top.ts';

const me = 'aa'.repeat(16);

/** A signature that tells what it is over. */
function sign(nonce: bigint, amount: bigint): Uint8Array {
  return new TextEncoder().encode(`${nonce}/${amount}`);
}

function call(number: bigint, amount: bigint, price = 1n, nonce = 0n): Entry {
  const signature = sign(nonce, amount);
  return { nonce, amount, price, signature, owner: me, call: number, committedAt: 0 };
}

function commit(record: ChannelRecord, entry: Entry): ChannelRecord {
  const result = commitCall(record, entry, { isOwnerAlive: () => true });
  if (result.kind !== 'applied') throw new Error(`not applied: ${result.kind}`);
  return result.record;
}

test('counterexample 7: a failed stream lets the top come down, with a signature for what is left', () => {
  let record = commit(emptyRecord(1n, 0n), call(1n, 1n));
  record = commit(record, call(2n, 2n));
  record = keep(record, me, new Map([[2n, 'takeBack' as const]]));
  expect(getTop(record)).toEqual({ amount: 1n, signature: sign(0n, 1n) });
  expect(record.open).toEqual([]);
});

test('counterexample 8: a call that fails after StartClaim becomes credit, not an open stretch of others', () => {
  const committed = commit(emptyRecord(1n, 0n), call(1n, 1n));
  const { claim, record } = startClaim(committed, { block: 1n });
  const after = keep(record, me, new Map([[1n, 'takeBack' as const]]));
  expect(claim).toMatchObject({ amount: 1n, actual: 1n });
  expect(after).toMatchObject({ nonce: 1n, open: [], credit: 1n, entries: [] });
});

test('counterexample 9: what an official claim takes beyond what was served is credit of the next', () => {
  const committed = commit(emptyRecord(1n, 0n), call(2n, 2n));
  const { claim, record } = startClaim(committed, { block: 1n });
  expect(claim).toMatchObject({ amount: 2n, actual: 1n });
  expect(removeClaim(record, claim, 2n).credit).toBe(1n);
  expect(removeClaim(record, claim, 1n).credit).toBe(0n);
});

test('counterexample 4: only the call number tells an own commit from another one of the same payment', () => {
  const theirs = { ...call(1n, 1n), owner: 'bb'.repeat(16) };
  const record = commit(emptyRecord(1n, 0n), theirs);
  expect(commitCall(record, call(1n, 1n), { isOwnerAlive: () => true })).toEqual({
    kind: 'refused',
    reason: 'busy',
  });
});

test('counterexample 13: a take-over that fails leaves the orphan charged and honoured', () => {
  const orphan = { ...call(9n, 1n), owner: 'dd'.repeat(16) };
  const record = commit(emptyRecord(1n, 0n), orphan);
  const taken = commitCall(record, call(1n, 1n), { isOwnerAlive: () => false });
  expect(taken).toMatchObject({ kind: 'takenOver', deadOwner: orphan.owner });
  const failed = keep(
    (taken as { record: ChannelRecord }).record,
    me,
    new Map([[1n, 'orphan' as const]]),
  );
  expect(failed.entries).toMatchObject([{ amount: 1n, owner: '' }]);
  expect(getTop(failed).amount).toBe(1n);
});

test('behavior: a claim in progress counts with what was planned', () => {
  const { claim, record } = startClaim(commit(emptyRecord(1n, 0n), call(2n, 2n)), { block: 1n });
  expect(getLimit(record, { nonce: 0n, value: 10n }, claim)).toBe(8n);
  expect(getLimit(record, { nonce: 1n, value: 8n }, undefined)).toBe(8n);
  expect(getLimit(record, { nonce: 0n, value: 10n }, undefined)).toBe(undefined);
});

test('property: whatever is committed, taken back and settled, money is conserved and the record is well formed', () => {
  const step = fc.record({
    kind: fc.constantFrom('pay', 'payAhead', 'payOpen', 'settle', 'takeBack', 'claim'),
    price: fc.bigInt({ min: 1n, max: 3n }),
    which: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let record = emptyRecord(1n, 0n);
      let number = 0n;
      const charged = new Map<bigint, bigint>();
      let claimed = 0n;
      for (const { kind, price, which } of steps) {
        if (kind === 'claim') {
          if (getTop(record).amount === 0n) continue;
          const started = startClaim(record, { block: 1n });
          claimed += started.claim.actual;
          record = removeClaim(started.record, started.claim, started.claim.actual);
          continue;
        }
        if (kind === 'settle' || kind === 'takeBack') {
          const entry = record.entries[which % Math.max(1, record.entries.length)];
          if (entry === undefined) continue;
          record = keep(record, me, new Map([[entry.call, kind]]));
          if (kind === 'takeBack') charged.delete(entry.call);
          continue;
        }
        number += 1n;
        const amount = amountFor(record, kind, price);
        if (amount === undefined) continue;
        const verdict = judge(
          record,
          {
            nonce: record.nonce,
            amount,
            price,
            signature: sign(record.nonce, amount),
            allowGap: true,
          },
          { reserved: [], limit: 1_000n, isOwnerAlive: () => true },
        );
        if (verdict.kind !== 'accept') continue;
        record = commit(record, call(number, amount, price, record.nonce));
        charged.set(number, price);
        record = decodeChannelRecord(encodeChannelRecord(record), 'channel/1');
      }
      expectWellFormed(record);
      const total = [...charged.values()].reduce((sum, price) => sum + price, 0n);
      const kept = getTop(record).amount - totalLength(record.open) - record.credit;
      expect(claimed + kept).toBe(total);
    }),
    { numRuns: 2_000 },
  );
});

function amountFor(record: ChannelRecord, kind: string, price: bigint): bigint | undefined {
  if (kind === 'payOpen') {
    const open = record.open[0];
    return open === undefined ? undefined : open.from + price;
  }
  return getTop(record).amount + price + (kind === 'payAhead' ? 2n : 0n);
}

function expectWellFormed(record: ChannelRecord): void {
  const top = getTop(record);
  expect(top.signature).toEqual(
    top.amount === 0n ? new Uint8Array(0) : sign(record.nonce, top.amount),
  );
  for (const [index, open] of record.open.entries()) {
    expect(open.from < open.to && open.to < top.amount).toBe(true);
    const next = record.open[index + 1];
    if (next !== undefined) expect(open.to < next.from).toBe(true);
  }
  const current = record.entries.filter(({ nonce }) => nonce === record.nonce).map(intervalOf);
  for (const [index, interval] of current.entries()) {
    expect(record.open.some((open) => contains(open, interval) || overlaps(open, interval))).toBe(
      false,
    );
    for (const other of current.slice(index + 1)) expect(overlaps(interval, other)).toBe(false);
  }
  expect(getOwed(record) >= 0n).toBe(true);
}
