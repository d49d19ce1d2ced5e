import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { emptyRecord } from '../ledger/record.ts';
import { decodeChannelRecord, decodeClaimRecord } from '../ledger/record-codec.ts';
import type { AccountPorts } from './account-ports.ts';

/** A channel's record with the version that a write must find. */
export interface RecordSnapshot {
  readonly record: ChannelRecord;
  /** `0n` when the channel is not in the store. */
  readonly version: bigint;
}

/** Key of a channel's account. */
export function channelKey(channelId: bigint): string {
  return `channel/${channelId}`;
}

/** Key of a started claim. */
export function claimKey(channelId: bigint, nonce: bigint): string {
  return `claim/${channelId}/${nonce}`;
}

/**
 * Reads a channel's account from the store; one that nobody has paid on is empty at the chain's nonce.
 *
 * @throws BaseError when the store cannot be read
 */
export async function readRecord(ports: AccountPorts, channelId: bigint): Promise<RecordSnapshot> {
  ports.counters.storeReads += 1;
  const key = channelKey(channelId);
  const stored = await ports.store.get(key);
  if (stored !== undefined) {
    return { record: decodeChannelRecord(stored.value, key), version: stored.version };
  }
  const nonce = ports.chain.peek(channelId)?.nonce ?? 0n;
  return { record: emptyRecord(channelId, nonce), version: 0n };
}

/**
 * Reads a started claim.
 *
 * @throws BaseError when the store cannot be read
 */
export async function readClaim(
  ports: AccountPorts,
  channelId: bigint,
  nonce: bigint,
): Promise<ClaimRecord | undefined> {
  ports.counters.storeReads += 1;
  const key = claimKey(channelId, nonce);
  const stored = await ports.store.get(key);
  return stored === undefined ? undefined : decodeClaimRecord(stored.value, key);
}
