import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { vectors } from '../../test/admission/vectors.ts';
import { createTokenBuckets, type TokenBuckets } from './token-buckets.ts';

let time: number;
const now = () => time;

beforeEach(() => {
  time = 0;
});

/** How many of so many tries get through now. */
function takeMany(buckets: TokenBuckets, key: string, tries: number): number {
  let taken = 0;
  for (let at = 0; at < tries; at++) if (buckets.take(key) === 0) taken += 1;
  return taken;
}

test('default: a burst at once, then one whenever its time has come', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 3, now });
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 1000]);
  time = 999;
  expect(buckets.take('a')).toBeCloseTo(1, 6);
  time = 1000;
  expect(buckets.take('a')).toBe(0);
  expect(buckets.take('a')).toBeCloseTo(1000, 6);
  time = 1_000_000;
  expect(takeMany(buckets, 'a', 10)).toBe(3);
});

test('behavior: each key has a bucket of its own, and looking takes nothing', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 1, now });
  expect([buckets.check('a'), buckets.check('a'), buckets.take('a')]).toEqual([0, 0, 0]);
  expect(buckets.check('a')).toBe(1000);
  expect(buckets.take('b')).toBe(0);
});

test('behavior: who keeps asking waits no longer for it', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 1, now });
  buckets.take('a');
  for (time = 1; time < 1000; time++) expect(buckets.take('a')).toBeGreaterThan(0);
  expect(buckets.take('a')).toBe(0);
});

test('behavior: a burst of none lets nothing through, ever', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 0, now });
  time = 1e9;
  expect(buckets.take('a')).toBe(Number.POSITIVE_INFINITY);
  buckets.setParts(3);
  time = 2e9;
  expect(buckets.take('a')).toBe(Number.POSITIVE_INFINITY);
});

test.each(vectors.rateLimitIntervals.filter(({ interval }) => /^\d+ ms$/.test(interval)))(
  'args: $rate_limit_per_minute a minute: one every $interval',
  ({ rate_limit_per_minute: perMinute, interval }) => {
    const buckets = createTokenBuckets({ perMinute: Number(perMinute), burst: 1, now });
    buckets.take('');
    expect(buckets.check('')).toBeCloseTo(Number.parseInt(interval, 10), 6);
  },
);

test.each([
  ['50000', 'as 60000', 1.2],
  ['60001', 'as unlimited', 60_000 / 60_001],
] as const)('args: %s a minute is exact, where the official daemon takes it %s', (text, _, ms) => {
  expect(vectors.rateLimitIntervals.map((one) => one.rate_limit_per_minute)).toContain(text);
  const buckets = createTokenBuckets({ perMinute: Number(text), burst: 1, now });
  buckets.take('');
  expect(buckets.check('')).toBeCloseTo(ms, 6);
});

const steps = fc.array(
  fc.record({
    afterMs: fc.double({ min: 0, max: 5_000, noNaN: true }),
    tries: fc.integer({ min: 0, max: 20 }),
    key: fc.constantFrom('a', 'b', 'c'),
  }),
  { maxLength: 60 },
);
const shape = fc.record({
  perMinute: fc.double({ min: 0.1, max: 10_000, noNaN: true }),
  burst: fc.integer({ min: 1, max: 50 }),
});

test('behavior: in any stretch of time no key gets more than burst and rate allow, and no less', () => {
  fc.assert(
    fc.property(shape, steps, ({ perMinute, burst }, moves) => {
      time = 0;
      const buckets = createTokenBuckets({ perMinute, burst, now });
      const taken: { key: string; at: number }[] = [];
      // The plain way to do it, with a number of tokens for each key.
      const model = new Map<string, { tokens: number; at: number }>();
      for (const { afterMs, tries, key } of moves) {
        time += afterMs;
        for (let at = 0; at < tries; at++) {
          const { tokens, at: filledAt } = model.get(key) ?? { tokens: burst, at: time };
          const full = Math.min(burst, tokens + ((time - filledAt) * perMinute) / 60_000);
          const isThere = buckets.take(key) === 0;
          if (Math.abs(full - 1) > 1e-5 && isThere !== full >= 1) expect.fail(`${full} tokens`);
          model.set(key, { tokens: full - (isThere ? 1 : 0), at: time });
          if (isThere) taken.push({ key, at: time });
        }
      }
      for (const key of ['a', 'b', 'c']) {
        const times = taken.filter((one) => one.key === key).map(({ at }) => at);
        for (const [first, from] of times.entries()) {
          const excess = times.slice(first).findIndex((until, at) => {
            return at + 1 > burst + ((until - from) * perMinute) / 60_000 + 1e-3;
          });
          if (excess >= 0) expect.fail(`${excess + 1} from ${from} on`);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('behavior: the time that a refusal names is enough, and nothing less is', () => {
  fc.assert(
    fc.property(shape, fc.integer({ min: 0, max: 100 }), ({ perMinute, burst }, tries) => {
      time = 0;
      const buckets = createTokenBuckets({ perMinute, burst, now });
      takeMany(buckets, 'a', tries);
      const waitMs = buckets.check('a');
      time = waitMs * 0.999;
      if (waitMs > 0) expect(buckets.check('a')).toBeGreaterThan(0);
      time = waitMs;
      expect(buckets.take('a')).toBe(0);
    }),
  );
});

test('behavior: n parts together let through what one whole does', () => {
  const parts = [1, 2, 3, 4].map(() => createTokenBuckets({ perMinute: 120, burst: 40, now }));
  for (const part of parts) part.setParts(4);
  const together = () => parts.reduce((sum, part) => sum + takeMany(part, 'a', 100), 0);
  expect(together()).toBe(40);
  time = 60_000;
  expect(together()).toBe(40);
  time += 2_000;
  expect(together()).toBe(4);
});

test('behavior: a part is never of less than one call', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 2, now });
  buckets.setParts(10);
  expect(takeMany(buckets, 'a', 5)).toBe(1);
  expect(buckets.check('a')).toBe(10_000);
});

test('behavior: parts that come and go fill no bucket and empty none', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 10, now });
  expect(takeMany(buckets, 'a', 4)).toBe(4);
  // Six are left; five have room.
  buckets.setParts(2);
  expect(takeMany(buckets, 'a', 2)).toBe(2);
  buckets.setParts(1);
  expect(takeMany(buckets, 'a', 20)).toBe(3);
  // Who was not there before gets no more than he would have got.
  expect(takeMany(buckets, 'b', 20)).toBe(5);
  time = 5_000;
  expect(takeMany(buckets, 'b', 20)).toBe(5);
  time = 15_000;
  expect(takeMany(buckets, 'a', 20)).toBe(10);
});

test('behavior: however often parts change, nobody gets more than the whole', () => {
  const changes = fc.array(
    fc.record({
      parts: fc.integer({ min: 1, max: 5 }),
      afterMs: fc.integer({ min: 0, max: 3_000 }),
      key: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(shape, changes, ({ perMinute, burst }, moves) => {
      time = 0;
      const buckets = createTokenBuckets({ perMinute, burst, now });
      const taken: Record<string, number> = { a: 0, b: 0 };
      for (const { parts, afterMs, key } of moves) {
        buckets.setParts(parts);
        time += afterMs;
        taken[key] = (taken[key] ?? 0) + takeMany(buckets, key, 60);
        expect(taken[key]).toBeLessThanOrEqual(burst + (time * perMinute) / 60_000 + 1e-3);
      }
    }),
  );
});

test('behavior: however many come, a bounded number is remembered', () => {
  const buckets = createTokenBuckets({ perMinute: 1, burst: 1, now, maxKeys: 100 });
  let most = 0;
  for (let at = 0; at < 10_000; at++) {
    buckets.take(`key ${at}`);
    most = Math.max(most, buckets.size);
  }
  expect(most).toBe(200);
});

test('behavior: who keeps coming is not forgotten, however many others come between', () => {
  const buckets = createTokenBuckets({ perMinute: 1, burst: 1, now, maxKeys: 100 });
  expect(buckets.take('a')).toBe(0);
  for (let at = 0; at < 10_000; at++) {
    buckets.take(`key ${at}`);
    if (at % 50 === 0) expect(buckets.take('a')).toBeGreaterThan(0);
  }
});

test('behavior: who is forgotten gets a fresh bucket and no more', () => {
  const buckets = createTokenBuckets({ perMinute: 1, burst: 5, now, maxKeys: 100 });
  takeMany(buckets, 'a', 5);
  for (let at = 0; at < 300; at++) buckets.take(`key ${at}`);
  expect(takeMany(buckets, 'a', 50)).toBe(5);
});

test('behavior: while there is room nobody is forgotten whose bucket is not full', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 100, now, maxKeys: 1_000 });
  expect(takeMany(buckets, 'a', 50)).toBe(50);
  for (let at = 0; at < 500; at++) buckets.take(`key ${at}`);
  for (time = 0; time < 2_000; time += 100) buckets.take('b');
  expect(takeMany(buckets, 'a', 200)).toBe(52);
});

test('behavior: full buckets are forgotten first, so that memory comes back', () => {
  const buckets = createTokenBuckets({ perMinute: 60, burst: 2, now, maxKeys: 1_000 });
  for (let at = 0; at < 900; at++) buckets.take(`key ${at}`);
  expect(buckets.size).toBe(900);
  time = 10_000;
  buckets.take('a');
  buckets.take('a');
  buckets.take('a');
  expect(buckets.size).toBe(1);
});
