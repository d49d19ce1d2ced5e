import type { Sample } from './read-sample.ts';

/** How much something grew from the first third of a run to the last. */
export interface Growth {
  readonly name: string;
  /** Means of the thirds; of the heap, the least that was seen, which is near what is alive. */
  readonly first: number;
  readonly last: number;
  /** How much larger the last may be. */
  readonly allowed: number;
  /** Steady growth for each hour, by least squares over the last two thirds. */
  readonly perHour: number;
  readonly isWithin: boolean;
}

const mebibyte = 1024 * 1024;
/** Bytes by which memory may be larger at the end: caches fill, and collectors take their time. */
const allowedMemory = 24 * mebibyte;
/** Descriptors: connections come and go between two samples. */
const allowedDescriptors = 24;

/** What must not grow; the samples in their order, without those of the warm-up. */
export function judgeGrowth(samples: readonly Sample[]): Growth[] {
  return [
    growth('rss', allowedMemory, (one) => one.rss),
    growth('live heap', allowedMemory, (one) => one.heap, least),
    growth('external', allowedMemory, (one) => one.external),
    growth('descriptors', allowedDescriptors, (one) => one.descriptors),
  ];

  function growth(
    name: string,
    allowed: number,
    read: (sample: Sample) => number,
    sum: (values: readonly number[]) => number = mean,
  ): Growth {
    const third = Math.max(1, Math.floor(samples.length / 3));
    const first = sum(samples.slice(0, third).map(read));
    const last = sum(samples.slice(-third).map(read));
    const perHour = slope(samples.slice(third), read) * 3_600;
    return { name, first, last, allowed, perHour, isWithin: last - first <= allowed };
  }
}

function least(values: readonly number[]): number {
  return Math.min(...values);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Of the line that fits best, for each second. */
function slope(samples: readonly Sample[], read: (sample: Sample) => number): number {
  const x = mean(samples.map(({ second }) => second));
  const y = mean(samples.map(read));
  const over = samples.reduce((sum, one) => sum + (one.second - x) * (read(one) - y), 0);
  const under = samples.reduce((sum, one) => sum + (one.second - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
