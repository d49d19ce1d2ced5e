import { expect, test } from 'vitest';
import { judgeGrowth } from './judge-soak.ts';
import type { Sample } from './read-sample.ts';

const mebibyte = 1024 * 1024;

function samples(change: (at: number) => Partial<Sample>): Sample[] {
  return Array.from({ length: 30 }, (_, at) => ({
    ...{ second: 60 * at, rss: 120 * mebibyte, heap: 40 * mebibyte, external: 5 * mebibyte },
    ...{ descriptors: 100, connections: 64, calls: 10, delayP99: 20, delayMax: 40 },
    ...{ cpu: at, totalCalls: 1_000 * at },
    ...change(at),
  }));
}

const broken = (list: readonly Sample[]) =>
  judgeGrowth(list)
    .filter(({ isWithin }) => !isWithin)
    .map(({ name }) => name);

test('default: what stays or swings is within its bounds', () => {
  expect(broken(samples(() => ({})))).toEqual([]);
  expect(broken(samples((at) => ({ rss: (120 + 30 * (at % 2)) * mebibyte })))).toEqual([]);
  // Garbage that is collected late is not alive.
  const lazy = samples((at) => ({ heap: (40 + (at % 5) * at) * mebibyte }));
  expect(broken(lazy)).toEqual([]);
});

test('behavior: a mebibyte and a half each minute is a leak, and so is a descriptor', () => {
  expect(broken(samples((at) => ({ rss: (120 + 1.5 * at) * mebibyte })))).toEqual(['rss']);
  expect(broken(samples((at) => ({ heap: (40 + 1.5 * at) * mebibyte })))).toEqual(['live heap']);
  expect(broken(samples((at) => ({ descriptors: 100 + 2 * at })))).toEqual(['descriptors']);
});

test('behavior: what it grows by each hour', () => {
  const [rss] = judgeGrowth(samples((at) => ({ rss: at * mebibyte })));
  expect(rss?.perHour).toBeCloseTo(60 * mebibyte);
  expect([rss?.first, rss?.last]).toEqual([4.5 * mebibyte, 24.5 * mebibyte]);
});
