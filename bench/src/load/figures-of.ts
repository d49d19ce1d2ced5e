import type { LoadResult } from './run-load.ts';

/** Rate and percentiles of operations that took `times`, and `elapsed` together; milliseconds. */
export function figuresOf(times: readonly number[], elapsed: number): LoadResult {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const calls = times.length;
  return { calls, callsPerSecond: calls / (elapsed / 1000), p50: at(0.5), p99: at(0.99) };
}
