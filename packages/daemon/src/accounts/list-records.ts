import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { decodeChannelRecord, decodeClaimRecord } from '../ledger/record-codec.ts';
import type { Store } from '../store/store.ts';

/**
 * All channels of the group that anybody has paid on.
 *
 * @throws BaseError when the store cannot be read
 */
export async function* listChannels(store: Pick<Store, 'list'>): AsyncIterable<ChannelRecord> {
  for await (const { key, value } of store.list('channel/')) yield decodeChannelRecord(value, key);
}

/**
 * All claims of the group that were started and not removed; those of one channel only, when given.
 *
 * @throws BaseError when the store cannot be read
 */
export async function* listClaims(
  store: Pick<Store, 'list'>,
  channelId?: bigint,
): AsyncIterable<ClaimRecord> {
  const prefix = channelId === undefined ? 'claim/' : `claim/${channelId}/`;
  for await (const { key, value } of store.list(prefix)) yield decodeClaimRecord(value, key);
}
