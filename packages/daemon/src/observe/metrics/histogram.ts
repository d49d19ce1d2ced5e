/** How often something took how long; plain numbers, so that to count is a few additions. */
export interface Histogram {
  /** Upper ends of the buckets, ascending; seconds. */
  readonly bounds: readonly number[];
  /** Observations by bucket, one more than bounds for those beyond; not cumulative. */
  readonly counts: number[];
  /** Seconds of all together. */
  sum: number;
}

/** Buckets of what takes milliseconds to minutes. */
const latencyBounds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

/** A histogram in which nothing was observed. */
export function createHistogram(bounds: readonly number[] = latencyBounds): Histogram {
  return { bounds, counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 };
}

/** Counts one observation, in milliseconds. */
export function observe(histogram: Histogram, ms: number): void {
  const { bounds, counts } = histogram;
  const seconds = ms / 1_000;
  let bucket = 0;
  while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
  counts[bucket] = (counts[bucket] as number) + 1;
  histogram.sum += seconds;
}
