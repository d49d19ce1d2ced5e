import { expect, test } from 'vitest';
import {
  createDeliveryCounters,
  createDeliveryQueue,
  DeliveryRefused,
  type DropReason,
} from './delivery-queue.ts';

/** A queue of numbers whose retries come when the test says so. */
function open(options: {
  send: (item: number) => Promise<void>;
  maxItems?: number;
  width?: number;
}) {
  const { maxItems = 100, width = 1 } = options;
  const counters = createDeliveryCounters();
  const troubles: (DropReason | 'retry')[] = [];
  const timers: { ms: number; fire: () => void }[] = [];
  const queue = createDeliveryQueue<number>({
    ...{ counters, maxItems, width, firstRetryMs: 1_000 },
    send: options.send,
    onTrouble: ({ dropped }) => troubles.push(dropped ?? 'retry'),
    timers: {
      now: () => 0,
      wallSeconds: () => 0,
      after(ms, fire) {
        timers.push({ ms, fire });
        return () => {};
      },
    },
  });
  return { queue, counters, troubles, timers };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('default: everything is sent, so many at once', async () => {
  const sent: number[] = [];
  let running = 0;
  let most = 0;
  const { queue, counters } = open({
    width: 2,
    async send(item) {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
      sent.push(item);
    },
  });
  for (let item = 0; item < 6; item += 1) queue.push(item);
  await expect.poll(() => sent).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(counters).toEqual({
    ...{ queued: 0, sent: 6, retries: 0 },
    dropped: { full: 0, refused: 0, stopped: 0 },
  });
});

test('behavior: what fails waits for longer each time, is told once, and comes behind the others', async () => {
  const tried: number[] = [];
  let isAway = true;
  const { queue, counters, troubles, timers } = open({
    async send(item) {
      tried.push(item);
      if (isAway) throw new Error('away');
    },
  });
  queue.push(1);
  queue.push(2);
  await settle();
  expect(tried).toEqual([1]);
  timers[0]?.fire();
  await settle();
  expect(tried).toEqual([1, 2]);
  isAway = false;
  timers[1]?.fire();
  await settle();
  expect(tried).toEqual([1, 2, 1, 2]);
  expect(troubles).toEqual(['retry']);
  expect(timers[0]?.ms).toBeGreaterThanOrEqual(500);
  expect(timers[0]?.ms).toBeLessThanOrEqual(1_000);
  expect(timers[1]?.ms).toBeGreaterThanOrEqual(1_000);
  expect(counters).toMatchObject({ queued: 0, sent: 2, retries: 2 });
});

test('behavior: what is refused, or one too many, is dropped and counted', async () => {
  const { queue, counters, troubles } = open({
    maxItems: 2,
    async send() {
      throw new DeliveryRefused('never');
    },
  });
  for (let item = 0; item < 5; item += 1) queue.push(item);
  await expect.poll(() => counters.queued).toBe(0);
  expect(counters.dropped).toEqual({ full: 2, refused: 3, stopped: 0 });
  expect(troubles).toHaveLength(5);
});

test('behavior: the end tries once more, and counts what is left', async () => {
  let isAway = true;
  const taken: number[] = [];
  const { queue, counters, timers } = open({
    async send(item) {
      if (isAway) throw new Error('away');
      taken.push(item);
    },
  });
  queue.push(1);
  await settle();
  isAway = false;
  await queue.close({ ms: 5_000 });
  expect(taken).toEqual([1]);
  queue.push(2);
  expect(counters.dropped.stopped).toBe(1);

  const away = open({
    async send() {
      throw new Error('away');
    },
  });
  away.queue.push(1);
  away.queue.push(2);
  await settle();
  const closed = away.queue.close({ ms: 5_000 });
  await settle();
  away.timers.find(({ ms }) => ms === 5_000)?.fire();
  await closed;
  expect(away.counters).toMatchObject({ queued: 0, sent: 0 });
  expect(away.counters.dropped.stopped).toBe(2);
  expect(timers.length).toBeGreaterThan(0);
});
