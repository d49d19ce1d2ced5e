import { expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { createQueues } from './create-queues.ts';

const patient = { timeoutMs: 30_000 };

test('default: one after the other, each name for itself, whatever becomes of the work', async () => {
  const queue = createQueues();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const results = [
    queue('a', patient, async () => {
      await first.promise;
      order.push('a1');
      throw new TypeError('a1');
    }),
    queue('a', patient, async () => order.push('a2')),
    queue('b', patient, async () => order.push('b1')),
  ];
  await results[2];
  first.resolve();
  await expect(results[0]).rejects.toThrow('a1');
  await results[1];
  expect(order).toEqual(['b1', 'a1', 'a2']);
});

test('error: who gives up does not hold up those behind, and does nothing', async () => {
  const queue = createQueues();
  const first = Promise.withResolvers<void>();
  const done: number[] = [];
  const holding = queue('a', patient, () => first.promise);
  const controller = new AbortController();
  const { signal } = controller;
  const given = queue('a', { ...patient, signal }, async () => done.push(1));
  const late = queue('a', { timeoutMs: 0 }, async () => done.push(2));
  const behind = queue('a', patient, async () => done.push(3));
  controller.abort();
  expect((await failure(given)).message).toBe('The wait for other transactions was cancelled.');
  expect((await failure(late)).message).toBe(
    'Other transactions of the account were not sent within 0 ms.',
  );
  expect(done).toEqual([]);
  first.resolve();
  await Promise.all([holding, behind]);
  expect(done).toEqual([3]);
});
