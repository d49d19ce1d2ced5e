import { expect, test, vi } from 'vitest';
import { createCommitQueue } from './commit-queue.ts';
import type { CommitItem, CommitOutcome } from './store.ts';

const item = (key: string): CommitItem => ({ checks: [], writes: [{ key, value: undefined }] });
const keys = (items: readonly CommitItem[]) => items.map(({ writes }) => writes[0]?.key);

/** A sender whose batches wait for the test. */
function createSender() {
  const batches: { keys: unknown[]; answer: PromiseWithResolvers<readonly CommitOutcome[]> }[] = [];
  let version = 0n;
  return {
    batches,
    send(items: readonly CommitItem[]) {
      const answer = Promise.withResolvers<readonly CommitOutcome[]>();
      batches.push({ keys: keys(items), answer });
      return answer.promise;
    },
    apply(index: number) {
      const batch = batches[index];
      batch?.answer.resolve(
        batch.keys.map(() => {
          version += 1n;
          return { outcome: 'applied', version };
        }),
      );
    },
  };
}

test('default: callers of one turn share a batch, those who come meanwhile the next', async () => {
  const sender = createSender();
  const queue = createCommitQueue({ send: sender.send, timeoutMs: 1_000, place: 'here' });
  const first = [queue.commit([item('a')]), queue.commit([item('b'), item('c')])];
  await vi.waitUntil(() => sender.batches.length === 1);
  const second = [queue.commit([item('d')]), queue.commit([item('e')])];
  expect(sender.batches.map((batch) => batch.keys)).toEqual([['a', 'b', 'c']]);
  sender.apply(0);
  expect(await Promise.all(first)).toEqual([
    [{ outcome: 'applied', version: 1n }],
    [
      { outcome: 'applied', version: 2n },
      { outcome: 'applied', version: 3n },
    ],
  ]);
  await vi.waitUntil(() => sender.batches.length === 2);
  sender.apply(1);
  expect(await Promise.all(second)).toEqual([
    [{ outcome: 'applied', version: 4n }],
    [{ outcome: 'applied', version: 5n }],
  ]);
});

test('behavior: a batch has at most 4096 items, unless one caller brings more', async () => {
  const sender = createSender();
  const queue = createCommitQueue({ send: sender.send, timeoutMs: 1_000, place: 'here' });
  const many = (count: number) => Array.from({ length: count }, (_, i) => item(`k${i}`));
  const asked = [queue.commit(many(4_000)), queue.commit(many(97)), queue.commit(many(5_000))];
  for (const i of [0, 1, 2]) {
    await vi.waitUntil(() => sender.batches.length === i + 1);
    sender.apply(i);
  }
  await Promise.all(asked);
  expect(sender.batches.map((batch) => batch.keys.length)).toEqual([4_000, 97, 5_000]);
});

test('behavior: a sender that fails leaves its batch unknown and takes the next', async () => {
  const sender = createSender();
  const queue = createCommitQueue({ send: sender.send, timeoutMs: 1_000, place: 'here' });
  const first = queue.commit([item('a')]);
  await vi.waitUntil(() => sender.batches.length === 1);
  sender.batches[0]?.answer.reject('gone');
  expect(await first).toEqual([{ outcome: 'unknown', cause: 'gone' }]);
  const second = queue.commit([item('b')]);
  await vi.waitUntil(() => sender.batches.length === 2);
  sender.apply(1);
  expect(await second).toEqual([{ outcome: 'applied', version: 1n }]);
});

test('behavior: who waited too long is told unknown, and is not sent afterwards', async () => {
  const sender = createSender();
  const queue = createCommitQueue({ send: sender.send, timeoutMs: 300, place: 'here' });
  const running = queue.commit([item('a')]);
  await vi.waitUntil(() => sender.batches.length === 1);
  const waiting = queue.commit([item('b')]);
  expect((await running)[0]?.outcome).toBe('unknown');
  expect((await waiting)[0]?.outcome).toBe('unknown');
  const later = queue.commit([item('c')]);
  sender.apply(0);
  await vi.waitUntil(() => sender.batches.length === 2);
  sender.apply(1);
  expect(await later).toEqual([{ outcome: 'applied', version: 2n }]);
  expect(sender.batches.map((batch) => batch.keys)).toEqual([['a'], ['c']]);
});

test('behavior: closing waits for what was asked, but not for ever', async () => {
  const sender = createSender();
  const queue = createCommitQueue({ send: sender.send, timeoutMs: 30, place: 'here' });
  const stuck = queue.commit([item('a')]);
  await queue.close();
  expect((await stuck)[0]?.outcome).toBe('unknown');
});
