import type { EscrowEvent } from '@snetkit/contracts';

/**
 * The events of the last blocks. They tell what happened to a channel after it was read, and, when the
 * same blocks are read again, whether a node left something out before.
 */
export interface RecentEvents {
  /** First block of which all events are here. */
  readonly from: bigint;
  readonly events: readonly EscrowEvent[];
}

/** Nothing known before `block`. */
export function noRecentEvents(block: bigint): RecentEvents {
  return { from: block, events: [] };
}

/** What changed when a range was read, part of it for the second time. */
export interface MergedEvents {
  readonly recent: RecentEvents;
  /** Events of blocks that were not known before, in the order of the chain. */
  readonly added: readonly EscrowEvent[];
  /** Channels with an event that was missing before, or is missing now, in blocks already known. */
  readonly doubtful: ReadonlySet<bigint>;
}

/**
 * Puts what was read for `range` in the place of what was known of it.
 *
 * @param keep - blocks before this one are forgotten
 */
export function mergeEvents(
  known: RecentEvents,
  read: readonly EscrowEvent[],
  range: { readonly from: bigint; readonly known: bigint; readonly keep: bigint },
): MergedEvents {
  const { from, keep } = range;
  const again = read.filter(({ blockNumber }) => blockNumber <= range.known);
  const before = known.events.filter(({ blockNumber }) => blockNumber >= from);
  const seenBefore = new Set(before.map(identify));
  const seenAgain = new Set(again.map(identify));
  const doubtful = new Set(
    [
      ...before.filter((event) => !seenAgain.has(identify(event))),
      ...again.filter((event) => !seenBefore.has(identify(event))),
    ].map(({ channelId }) => channelId),
  );
  const events = [...known.events.filter(({ blockNumber }) => blockNumber < from), ...read];
  return {
    recent: {
      from: known.from > keep ? known.from : keep,
      events: events.filter(({ blockNumber }) => blockNumber >= keep),
    },
    added: read.filter(({ blockNumber }) => blockNumber > range.known),
    doubtful,
  };
}

function identify({ blockHash, logIndex }: EscrowEvent): string {
  return `${blockHash}/${logIndex}`;
}
