/** Numbers from `start` up to but not including `end`. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
  /** The descriptor that says so, and what it makes of the numbers. */
  readonly node: object;
  readonly meaning: 'reserved' | 'extensions';
}

/** Ranges in ascending order. */
export type RangeIndex = readonly NumberRange[];

/** Sorts ranges, so that numbers can be looked up in them. */
export function sortRanges(ranges: readonly NumberRange[]): RangeIndex {
  return ranges.toSorted((a, b) => a.start - b.start);
}

/** The first range that begins before an earlier one has ended. */
export function findOverlap(index: RangeIndex): NumberRange | undefined {
  return index.find((range, i) => i > 0 && range.start < (index[i - 1]?.end ?? 0));
}

/** The range that holds a number; the ranges must not overlap. */
export function findRange(index: RangeIndex, number: number): NumberRange | undefined {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = index[middle];
    if (range === undefined) return undefined;
    if (number < range.start) high = middle;
    else if (number >= range.end) low = middle + 1;
    else return range;
  }
  return undefined;
}
