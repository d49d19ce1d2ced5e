import { channelKey, claimKey } from '../accounts/read-record.ts';
import { emptyRecord } from '../ledger/record.ts';
import {
  decodeChannelRecord,
  decodeClaimRecord,
  encodeChannelRecord,
  encodeClaimRecord,
} from '../ledger/record-codec.ts';
import type { Check, CommitItem, Versioned, Write } from '../store/store.ts';
import type { ImportReport, Tally } from './import-plan.ts';
import { type Merged, mergeChannel, mergeClaim } from './merge-records.ts';
import type { OfficialChannel, OfficialPayment } from './official-structs.ts';
import { toChannelRecord, toClaimRecord } from './to-record.ts';

/** Where an import looks things up. */
export interface ImportSources {
  /** The record that our store has. */
  get(key: string): Promise<Versioned | undefined>;
  /** The channel's nonce on the chain, and the block in which it was read; undefined: not known. */
  readNonce(channelId: bigint): Promise<{ nonce: bigint; block: bigint } | undefined>;
}

/** What the official daemon has of one channel. */
export interface OfficialAccount {
  readonly channelId: bigint;
  readonly channel: OfficialChannel | undefined;
  readonly claims: readonly OfficialPayment[];
}

/**
 * Plans the import of one channel with its claims in progress: both or nothing.
 *
 * @param report - takes the counts
 * @returns undefined when there is nothing to write
 * @throws BaseError STORE_VALUE_INVALID, or that our store or the chain cannot be read
 */
export async function planChannel(
  account: OfficialAccount,
  sources: ImportSources,
  report: ImportReport,
): Promise<CommitItem | undefined> {
  const { channelId, channel } = account;
  const key = channelKey(channelId);
  const stored = await sources.get(key);
  const own = stored && decodeChannelRecord(stored.value, key);
  // Most channels need no look at the chain: 100,000 of them would take a while.
  const needsChain =
    account.claims.length > 0 || (own !== undefined && own.nonce < (channel?.Nonce ?? 0n));
  const onChain = needsChain ? await sources.readNonce(channelId) : undefined;
  const { claims } = account;
  report.channels.found += channel === undefined ? 0 : 1;
  report.claims.found += claims.length;
  if (channel !== undefined && channel.AuthorizedAmount > 0n) {
    report.channels.unclaimed += 1;
    report.channels.unclaimedCogs += channel.AuthorizedAmount;
  }

  function isLanded(nonce: bigint): boolean {
    return onChain !== undefined && onChain.nonce > nonce;
  }

  const checks: Check[] = [];
  const writes: Write[] = [];
  const conflicts: string[] = [];
  const writtenTallies: Tally[] = [];
  let covered = 0n;

  /** Puts what becomes of a record into the item. */
  function take<T>(
    merged: Merged<T>,
    options: { key: string; version: bigint; tally: Tally; encode(record: T): Uint8Array },
  ): void {
    const { version, tally, encode } = options;
    if (merged.action === 'conflict') conflicts.push(merged.reason);
    else if (merged.action === 'keep') tally.kept += 1;
    else {
      writtenTallies.push(tally);
      checks.push({ key: options.key, version });
      writes.push({ key: options.key, value: encode(merged.record) });
    }
  }

  for (const claim of claims) {
    const { ChannelNonce: nonce } = claim;
    if (isLanded(nonce)) report.claims.landed += 1;
    else report.claims.cogs += claim.Amount;
    const nextNonce = channel?.Nonce ?? nonce + 1n;
    if (nextNonce <= nonce)
      conflicts.push(`a claim of nonce ${nonce}, the channel is at ${nextNonce}`);
    const claimOf = claimKey(channelId, nonce);
    const storedClaim = await sources.get(claimOf);
    // Taken over before, and removed when its blocks were old enough. Without that, it stays until
    // they are: blocks may still be replaced.
    if (storedClaim === undefined && isLanded(nonce) && own !== undefined && own.nonce > nonce) {
      continue;
    }
    const merged = mergeClaim(
      storedClaim && decodeClaimRecord(storedClaim.value, claimOf),
      toClaimRecord(claim, onChain?.block ?? 0n),
    );
    if (nonce === own?.nonce && merged.action !== 'conflict') covered = claim.Amount;
    const version = storedClaim?.version ?? 0n;
    take(merged, { key: claimOf, version, tally: report.claims, encode: encodeClaimRecord });
  }

  const lastClaim = claims.reduce<OfficialPayment | undefined>(
    (last, claim) => (last === undefined || claim.ChannelNonce > last.ChannelNonce ? claim : last),
    undefined,
  );
  const imported =
    channel === undefined
      ? emptyRecord(channelId, (lastClaim?.ChannelNonce ?? -1n) + 1n)
      : toChannelRecord(
          channel,
          lastClaim?.ChannelNonce === channel.Nonce - 1n && !isLanded(lastClaim.ChannelNonce)
            ? lastClaim
            : undefined,
        );
  const merged = mergeChannel(own, imported, {
    isCovered: (amount) => covered >= amount || (own !== undefined && isLanded(own.nonce)),
  });
  const version = stored?.version ?? 0n;
  take(merged, { key, version, tally: report.channels, encode: encodeChannelRecord });
  if (conflicts.length > 0) {
    report.conflicts.push(...conflicts.map((reason) => ({ key, reason })));
    return undefined;
  }
  for (const tally of writtenTallies) tally.written += 1;
  if (writes.length === 0) return undefined;
  // A claim without a change of the channel's record still depends on that record.
  if (!writes.some((write) => write.key === key)) {
    checks.push({ key, version: stored?.version ?? 0n });
  }
  return { checks, writes };
}
