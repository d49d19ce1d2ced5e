import { isOrphan } from './judge.ts';
import type { ChannelRecord } from './record.ts';
import { settle } from './settle.ts';

/** How long a payment that nobody answers for is honoured once more: 24 hours, in seconds. */
export const maxOrphanAgeSeconds = 24 * 60 * 60;

/** How many of them one channel keeps. */
export const maxOrphans = 256;

/** The record without the orphans that are too old or too many, and how many were dropped. */
export interface PrunedRecord {
  readonly record: ChannelRecord;
  readonly dropped: number;
}

/**
 * Settles the oldest orphans beyond the bounds (ledger.md, 6.6): the only place where a client can
 * have paid for nothing, and only after a crash. Callers count and log what is dropped.
 */
export function pruneOrphans(
  record: ChannelRecord,
  { now, isOwnerAlive }: { now: number; isOwnerAlive(owner: string): boolean },
): PrunedRecord {
  const orphans = record.entries
    .filter((entry) => isOrphan(entry, isOwnerAlive))
    .sort((a, b) => a.committedAt - b.committedAt);
  const excess = orphans.length - maxOrphans;
  const dropped = orphans.filter(
    (entry, index) => index < excess || now - entry.committedAt > maxOrphanAgeSeconds,
  );
  return { record: dropped.reduce(settle, record), dropped: dropped.length };
}
