import {
  addFunds,
  type Channel,
  depositAndOpenChannel,
  extendAndAddFunds,
  extendChannel,
  getBlockNumber,
  getChannel,
  type Signer,
  settleEarlier,
} from '@snetkit/contracts';
import { BaseError, sameAddress } from '@snetkit/core';
import { checkFunding, getNewExpiration, getTopUp } from './funding-policy.ts';
import type { Payer } from './payer.ts';

/** What a channel lacks for the next call. */
export interface FundingNeed {
  /** Cogs of the next call. */
  readonly price: bigint;
  /** Cogs that the channel is short of; 0 when only its time is. */
  readonly missing: bigint;
}

/**
 * Opens a channel with money for some calls (deposit and opening in one transaction, after an exact
 * approval), and returns it as the chain has it.
 *
 * @throws BaseError FUNDING_REFUSED beyond the policy; as the transaction fails
 */
export async function openChannelFor(payer: Payer, need: FundingNeed): Promise<Channel> {
  const { chain, group, funding, onFunding } = payer;
  const account = accountOf(payer);
  const amount = getTopUp(funding, { price: need.price, missing: need.price });
  checkFunding(funding, group, amount);
  const block = await getBlockNumber(chain);
  const expiration = getNewExpiration(funding, { block, threshold: group.expirationThreshold });
  const { channelId, receipt } = await depositAndOpenChannel(chain, account, {
    mpe: group.mpe,
    token: group.token.address,
    signer: payer.signer.address,
    recipient: group.recipient,
    groupId: group.groupId,
    amount,
    expiration,
    fees: funding.fees,
  });
  const transactionHash = receipt.transactionHash;
  onFunding?.({ kind: 'channelOpened', channelId, amount, expiration, transactionHash });
  return readBack(payer, channelId);
}

/**
 * Waits for channels that an earlier process, or call, was opening: who looks for his channels must
 * not open a second one.
 *
 * @throws BaseError `TRANSACTION_TIMED_OUT`, `JOURNAL_...`, `RPC_...`
 */
export async function settleOpenings(payer: Payer): Promise<void> {
  const { chain, group } = payer;
  const purposes = ['MultiPartyEscrow.openChannel', 'MultiPartyEscrow.depositAndOpenChannel'];
  await settleEarlier(chain, accountOf(payer), { to: group.mpe, purposes });
}

/**
 * Gives a channel what it lacks: money, time, or both in one transaction.
 *
 * @throws BaseError FUNDING_REFUSED beyond the policy; as the transaction fails
 */
export async function refreshChannel(
  payer: Payer,
  channel: Channel,
  need: FundingNeed,
): Promise<Channel> {
  const { chain, group, funding, onFunding } = payer;
  const account = accountOf(payer);
  const channelId = channel.id;
  const { mpe, token } = group;
  const amount = need.missing > 0n ? getTopUp(funding, need) : 0n;
  checkFunding(funding, group, channel.value + amount);
  const block = await getBlockNumber(chain);
  const wanted = getNewExpiration(funding, { block, threshold: group.expirationThreshold });
  const isShort = block + group.expirationThreshold + expiryMargin >= channel.expiration;
  const expiration = isShort ? wanted : channel.expiration;
  const common = { mpe, token: token.address, channelId, fees: funding.fees };
  if (amount > 0n && isShort) {
    const { receipt } = await extendAndAddFunds(chain, account, { ...common, amount, expiration });
    const { transactionHash } = receipt;
    onFunding?.({ kind: 'channelToppedUp', channelId, amount, expiration, transactionHash });
  } else if (amount > 0n) {
    const { receipt } = await addFunds(chain, account, { ...common, amount });
    const { transactionHash } = receipt;
    onFunding?.({ kind: 'channelToppedUp', channelId, amount, expiration, transactionHash });
  } else if (isShort) {
    const { receipt } = await extendChannel(chain, account, { ...common, expiration });
    const { transactionHash } = receipt;
    onFunding?.({ kind: 'channelExtended', channelId, amount, expiration, transactionHash });
  }
  return readBack(payer, channelId);
}

/** Blocks that a channel must live beyond the threshold to be used without a second look. */
export const expiryMargin = 20n;

function accountOf(payer: Payer): Signer {
  const sender = payer.sender ?? payer.signer.address;
  const account = payer.account ?? payer.signer;
  if (sameAddress(account.address, sender)) return account;
  throw new BaseError(
    'FUNDING_REFUSED',
    'The channel cannot be funded by a signer that does not own it',
    {
      expected: `an account that signs transactions of ${sender}`,
      found: account.address,
    },
  );
}

async function readBack({ chain, group }: Payer, channelId: bigint): Promise<Channel> {
  const channel = await getChannel(chain, { mpe: group.mpe, channelId });
  if (channel !== undefined) return channel;
  throw new BaseError('CHANNEL_UNKNOWN', 'The channel is not on the chain', {
    place: `channel ${channelId} of ${group.mpe}`,
  });
}
