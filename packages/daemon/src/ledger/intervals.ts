/** The stretch `(from, to]` of a channel's line of amounts, in cogs. Empty when `from == to`. */
export interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

/** What a payment of cumulative amount `amount` at `price` owns. */
export function intervalOf(payment: { amount: bigint; price: bigint }): Interval {
  return { from: payment.amount - payment.price, to: payment.amount };
}

/** Whether two stretches share more than an end point. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to && a.from < a.to && b.from < b.to;
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** Sum of the lengths of disjoint stretches. */
export function totalLength(intervals: readonly Interval[]): bigint {
  return intervals.reduce((sum, { from, to }) => sum + (to - from), 0n);
}

/** Adds a stretch, merging what it touches. */
export function addInterval(intervals: readonly Interval[], added: Interval): readonly Interval[] {
  if (added.from >= added.to) return intervals;
  let { from, to } = added;
  const before: Interval[] = [];
  const after: Interval[] = [];
  for (const interval of intervals) {
    if (interval.to < from) before.push(interval);
    else if (interval.from > to) after.push(interval);
    else {
      if (interval.from < from) from = interval.from;
      if (interval.to > to) to = interval.to;
    }
  }
  return [...before, { from, to }, ...after];
}

/** Takes a stretch out of all others. */
export function subtractInterval(
  intervals: readonly Interval[],
  removed: Interval,
): readonly Interval[] {
  return intervals.flatMap((interval) => {
    if (!overlaps(interval, removed)) return [interval];
    return [
      { from: interval.from, to: removed.from },
      { from: removed.to, to: interval.to },
    ].filter(({ from, to }) => from < to);
  });
}
