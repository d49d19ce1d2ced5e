import { expect, test } from 'vitest';
import { commitCall } from './commit.ts';
import { judge } from './judge.ts';
import { type ChannelRecord, type Entry, emptyRecord } from './record.ts';
import { settle, takeBack } from './settle.ts';
import { getTop } from './top.ts';

const everybodyLives = { isOwnerAlive: () => true };
const signature = new Uint8Array([1]);

function entry(call: bigint, amount: bigint, price: bigint): Entry {
  return { nonce: 0n, amount, price, signature, owner: 'aa', call, committedAt: 0 };
}

function commit(record: ChannelRecord, call: Entry): ChannelRecord {
  const result = commitCall(record, call, everybodyLives);
  if (result.kind !== 'applied') throw new Error(result.kind);
  return result.record;
}

test('behavior: a free call keeps nothing of the paid one that it stood on', () => {
  const paid = entry(1n, 1n, 1n);
  const free = entry(2n, 1n, 0n);
  const committed = commit(commit(emptyRecord(7n, 0n), paid), free);
  const record = settle(takeBack(committed, paid), free);
  expect(getTop(record)).toEqual({ amount: 0n, signature: new Uint8Array(0) });
  expect(record).toEqual(emptyRecord(7n, 0n));
  const next = { nonce: 0n, amount: 2n, price: 2n, signature, allowGap: false };
  const verdict = judge(record, next, { reserved: [], limit: 10n, ...everybodyLives });
  expect(verdict).toEqual({ kind: 'accept' });
});
