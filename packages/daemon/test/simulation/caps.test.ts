import { expect, test } from 'vitest';
import { maxReserved } from '../../src/accounts/channel-account.ts';
import { maxOpenIntervals } from '../../src/ledger/judge.ts';
import { maxOrphanAgeSeconds, maxOrphans } from '../../src/ledger/prune-orphans.ts';
import { openScript } from './script.ts';

// The bounds of ledger.md, 6.6 and 7, which the model leaves unchecked (section 13).

const upstream = 'upstream answers';

test('behavior: a channel has so many places on a replica, and the others go on', async () => {
  const script = await openScript({ options: { calls: 0 } });
  const calls = Array.from({ length: maxReserved + 1 }, (_, index) =>
    script.send({ nonce: 0n, amount: BigInt(index + 1), price: 1n }, { at: 0 }),
  );
  await script.go(upstream);
  const ends = calls.map(script.endOf);
  expect(ends.slice(0, maxReserved)).toEqual(ends.slice(0, maxReserved).map(() => 'waits'));
  expect(ends[maxReserved]).toBe(9);
  await script.go();
  expect(calls.slice(0, maxReserved).every(({ delivered }) => delivered)).toBe(true);
  const again = script.send({ nonce: 0n, amount: BigInt(maxReserved + 1), price: 1n }, { at: 0 });
  await script.go();
  expect([script.endOf(again), await script.finish()]).toEqual([0, []]);
});

test('behavior: so many payments may wait for the ones before them, further ones are told at once', async () => {
  const script = await openScript({});
  const early = Array.from({ length: maxReserved + 1 }, (_, index) =>
    script.send({ nonce: 0n, amount: BigInt(index + 2), price: 1n }, { at: 0 }),
  );
  await script.go();
  expect(early.filter(({ clientSaw }) => clientSaw === undefined)).toHaveLength(maxReserved);
  expect(early.map(script.endOf).filter((end) => end === 16)).toHaveLength(1);
  script.send({ nonce: 0n, amount: 1n, price: 1n }, { at: 0 });
  await script.go();
  // The last of the row finds no place beside the first and waits on; everybody else is served.
  const served = early.filter(({ delivered }) => delivered).length;
  expect(served).toBeGreaterThanOrEqual(maxReserved - 1);
  await script.wait(2_000);
  expect(await script.finish()).toEqual([]);
});

test('behavior: so many stretches may be open, then no gap is allowed any more', async () => {
  const script = await openScript({ options: { gap: true } });
  for (let index = 0; index <= maxOpenIntervals; index += 1) {
    const call = script.send({ nonce: 0n, amount: BigInt(2 * index + 2), price: 1n }, { at: 0 });
    await script.go();
    if (index < maxOpenIntervals) expect(script.endOf(call)).toBe(0);
    else {
      expect(script.endOf(call)).toBe('waits');
      await script.wait(1_500);
      expect(script.endOf(call)).toBe(16);
    }
  }
  expect(script.channel.witness.books.record.open).toHaveLength(maxOpenIntervals);
  expect(await script.finish()).toEqual([]);
});

test('behavior: a channel keeps so many payments of the dead, and none for longer than a day', async () => {
  const script = await openScript({ options: { orphans: maxOrphans + 10 } });
  const { books } = script.channel.witness;
  const before = books.record.entries.length;
  script.send({ nonce: 0n, amount: BigInt(before + 1), price: 1n }, { at: 0 });
  await script.go();
  const isDead = ({ owner }: { owner: string }) => owner === 'ff'.repeat(16);
  expect(books.record.entries.filter(isDead)).toHaveLength(maxOrphans);
  script.world.scheduler.now += maxOrphanAgeSeconds * 1_000;
  await script.wait(10_000);
  script.send({ nonce: 0n, amount: BigInt(before + 2), price: 1n }, { at: 0 });
  await script.go();
  expect(books.record.entries.filter(isDead)).toHaveLength(0);
  expect(await script.finish()).toEqual([]);
});
