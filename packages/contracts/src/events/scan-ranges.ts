import { BaseError } from '@snetkit/core';
import { isRangeTooLarge } from './is-range-too-large.ts';

/** A range of blocks that was read. */
export interface ScannedRange<T> {
  /** First block, inclusive. */
  readonly fromBlock: bigint;
  /** Last block, inclusive; the scan goes on with the next one. */
  readonly toBlock: bigint;
  readonly items: readonly T[];
}

/** What is scanned, and how. */
export interface ScanRangesOptions<T> {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  /** Most blocks of one request. */
  readonly maxRange: bigint;
  readonly read: (range: { fromBlock: bigint; toBlock: bigint }) => Promise<readonly T[]>;
}

/** So many reads in a row succeed before a range that was too large is tried again. */
const readsBeforeGrowth = 4;
/** So many reads in a row may time out before the endpoint counts as dead, not as overworked. */
const maxTimeouts = 3;

/**
 * Reads a long range of blocks in pieces: as large as allowed at first, half as large after each
 * refusal, larger again after some successes. Inside this package only.
 *
 * @throws BaseError as `read`, when a smaller range does not help
 */
export async function* scanRanges<T>({
  fromBlock,
  toBlock,
  maxRange,
  read,
}: ScanRangesOptions<T>): AsyncGenerator<ScannedRange<T>, void, undefined> {
  let size = maxRange;
  let [reads, timeouts] = [0, 0];
  for (let from = fromBlock; from <= toBlock; ) {
    const left = toBlock - from + 1n;
    if (size > left) size = left;
    const range = { fromBlock: from, toBlock: from + size - 1n };
    let items: readonly T[];
    try {
      items = await read(range);
    } catch (error) {
      const timedOut = error instanceof BaseError && error.code === 'RPC_TIMED_OUT';
      timeouts = timedOut ? timeouts + 1 : 0;
      const mayHelp = timedOut ? timeouts < maxTimeouts : isRangeTooLarge(error);
      if (!mayHelp || size === 1n) throw error;
      size /= 2n;
      reads = 0;
      continue;
    }
    yield { ...range, items };
    from = range.toBlock + 1n;
    timeouts = 0;
    reads += 1;
    if (reads >= readsBeforeGrowth && size < maxRange) {
      size = size * 2n < maxRange ? size * 2n : maxRange;
      reads = 0;
    }
  }
}
