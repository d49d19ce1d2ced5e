import type { AmountInterval } from './ledger-record.ts';

/** Takes a stretch out of all others. */
export function subtract(
  intervals: readonly AmountInterval[],
  removed: AmountInterval,
): readonly AmountInterval[] {
  return intervals.flatMap((interval) => {
    if (removed.to <= interval.from || removed.from >= interval.to) return [interval];
    return [
      { from: interval.from, to: removed.from },
      { from: removed.to, to: interval.to },
    ].filter(({ from, to }) => from < to);
  });
}

/** Adds a stretch, merging what it touches. */
export function add(
  intervals: readonly AmountInterval[],
  added: AmountInterval,
): readonly AmountInterval[] {
  if (added.from >= added.to) return intervals;
  const touching = intervals.filter(({ from, to }) => from <= added.to && to >= added.from);
  const others = intervals.filter((interval) => !touching.includes(interval));
  const from = touching.reduce((low, one) => (one.from < low ? one.from : low), added.from);
  const to = touching.reduce((high, one) => (one.to > high ? one.to : high), added.to);
  return [...others, { from, to }].sort((a, b) => (a.from < b.from ? -1 : 1));
}
