import { addInterval, intervalOf, subtractInterval } from './intervals.ts';
import type { ChannelRecord, Entry } from './record.ts';
import { getTop } from './top.ts';

function without(record: ChannelRecord, entry: Entry): readonly Entry[] {
  return record.entries.filter((other) => other !== entry);
}

/** The entry stays charged and leaves the list (ledger.md, section 4). */
export function settle(record: ChannelRecord, entry: Entry): ChannelRecord {
  const entries = without(record, entry);
  if (entry.nonce !== record.nonce || entry.price === 0n || entry.amount <= record.settledAmount) {
    return { ...record, entries };
  }
  return {
    ...record,
    entries,
    settledAmount: entry.amount,
    settledSignature: entry.signature,
  };
}

/**
 * The entry is not charged and leaves the list. Its stretch opens again, or the top comes down; an
 * entry of an older nonce, which a claim has taken along, becomes credit (ledger.md, 11.7 and 11.8).
 */
export function takeBack(record: ChannelRecord, entry: Entry): ChannelRecord {
  const entries = without(record, entry);
  if (entry.nonce !== record.nonce) {
    return { ...record, entries, credit: record.credit + entry.price };
  }
  const opened = { ...record, entries, open: addInterval(record.open, intervalOf(entry)) };
  return cutOpenAtTop(opened);
}

/** An open stretch never touches the top: the top comes down to the next consumed amount. */
function cutOpenAtTop(record: ChannelRecord): ChannelRecord {
  const top = getTop(record).amount;
  const highest = record.open.at(-1)?.to ?? 0n;
  if (highest < top) return record;
  return { ...record, open: subtractInterval(record.open, { from: top, to: highest }) };
}
