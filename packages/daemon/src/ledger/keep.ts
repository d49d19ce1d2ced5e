import type { ChannelRecord, Entry } from './record.ts';
import { settle, takeBack } from './settle.ts';

/**
 * What this replica has to write about one of its own calls.
 * `settle`: it stays charged; `takeBack`: it is not charged; `orphan`: a take-over that failed, whose
 * dead owner may have delivered: it stays charged and stays honoured.
 */
export type OwnEnd = 'settle' | 'takeBack' | 'orphan';

/**
 * Part of every write of a replica (ledger.md, section 4, "keep"): the ends of its own calls. An entry
 * that is not there any more was dealt with by an earlier write of unknown outcome.
 */
export function keep(
  record: ChannelRecord,
  owner: string,
  ends: ReadonlyMap<bigint, OwnEnd>,
): ChannelRecord {
  let kept = record;
  for (const entry of record.entries) {
    if (entry.owner !== owner) continue;
    const end = ends.get(entry.call);
    if (end === 'settle') kept = settle(kept, entry);
    else if (end === 'takeBack') kept = takeBack(kept, entry);
    else if (end === 'orphan') kept = orphan(kept, entry);
  }
  return kept;
}

function orphan(record: ChannelRecord, entry: Entry): ChannelRecord {
  const entries = record.entries.map((other) =>
    other === entry ? { ...entry, owner: '' } : other,
  );
  return { ...record, entries };
}
