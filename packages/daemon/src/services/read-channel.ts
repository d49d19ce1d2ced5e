import type { ChannelAccounts } from '../accounts/channel-accounts.ts';
import type { RecordSnapshot } from '../accounts/read-record.ts';
import type { ChainView, ChannelOnChain } from '../chain/chain-view.ts';
import { describeForeignChannel, type OwnGroup } from '../chain/describe-foreign-channel.ts';
import { advanceToChain } from '../ledger/advance.ts';
import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { serviceError } from './service-error.ts';

/** What the own services read a channel from. */
export interface ReadChannelOptions extends OwnGroup {
  readonly accounts: Pick<ChannelAccounts, 'readRecord' | 'readClaim'>;
  readonly chain: ChainView;
}

/**
 * The channel that a request names, when it is of this group.
 *
 * @throws ConnectError with code 2: `channel is not found, channelId: N`, `channel error:<cause>`
 */
export async function findServiceChannel(
  channelId: bigint,
  options: ReadChannelOptions,
): Promise<ChannelOnChain> {
  const channel = options.chain.peek(channelId) ?? (await readChannel(channelId, options));
  if (channel === undefined) throw serviceError(`channel is not found, channelId: ${channelId}`);
  const foreign = describeForeignChannel(channel, options);
  if (foreign !== undefined) throw serviceError(`channel error:${foreign}`);
  return channel;
}

/** From the chain; while it cannot be read, as the record last had it. */
async function readChannel(
  channelId: bigint,
  options: ReadChannelOptions,
): Promise<ChannelOnChain | undefined> {
  try {
    return await options.chain.read(channelId);
  } catch (cause) {
    const { record } = await readRecord(channelId, options);
    if (record.chain === undefined)
      throw serviceError('channel error:the chain cannot be read', cause);
    return { channelId, block: 0n, ...record.chain };
  }
}

async function readRecord(
  channelId: bigint,
  { accounts }: ReadChannelOptions,
): Promise<RecordSnapshot> {
  try {
    return await accounts.readRecord(channelId);
  } catch (cause) {
    throw serviceError('channel error:the store cannot be read', cause);
  }
}

/**
 * The record as it counts against the chain, read now, with the claim that explains a difference
 * between both.
 *
 * @throws ConnectError with code 2
 */
export async function explainChannel(
  channel: ChannelOnChain,
  options: ReadChannelOptions,
): Promise<{ record: ChannelRecord; claim: ClaimRecord | undefined }> {
  const { channelId } = channel;
  const { record, version } = await readRecord(channelId, options);
  if (version === 0n) return { record: { ...record, nonce: channel.nonce }, claim: undefined };
  if (record.nonce <= channel.nonce) {
    return { record: advanceToChain(record, channel.nonce), claim: undefined };
  }
  const claim = await options.accounts.readClaim(channelId, record.nonce - 1n);
  if (claim !== undefined && record.nonce === channel.nonce + 1n) return { record, claim };
  throw serviceError(
    'channel has different nonce in local storage and blockchain and old payment is not found in storage',
  );
}
