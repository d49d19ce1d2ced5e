import { checksumAddress, hexToBytes } from '@snetkit/core';
import type { CounterRecord } from '../ledger/counter.ts';
import { totalLength } from '../ledger/intervals.ts';
import type { ChainSnapshot, ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { getTop } from '../ledger/top.ts';
import type { OfficialKeys } from './official-keys.ts';
import { freeCallUserData, payment, paymentChannelData, prePaidData } from './official-structs.ts';

/** A key of the official daemon, as it would write it. */
export interface OfficialWrite {
  readonly key: string;
  readonly value: Uint8Array;
}

/** What the official layout has no place for. Amounts in cogs. */
export interface OfficialLoss {
  /** Below the top and not consumed: the official daemon would claim it. */
  readonly open: bigint;
  /** Charged too much under earlier nonces. */
  readonly credit: bigint;
  /** Of claims in progress: signed and not served. */
  readonly unserved: bigint;
  /** Calls that were charged and whose delivery nobody knows of; a retry is not honoured there. */
  readonly retries: number;
}

/**
 * A channel as the official daemon keeps it: entries count as charged.
 *
 * @param claim - the claim in progress of the nonce before, if there is one: its amount is off the full
 *   amount already (daemon.md 5.3)
 */
export function toOfficialChannel(
  record: ChannelRecord,
  chain: ChainSnapshot,
  { keys, claim }: { keys: OfficialKeys; claim: ClaimRecord | undefined },
): OfficialWrite {
  const { channelId, nonce } = record;
  const { amount, signature } = getTop(record);
  const value = paymentChannelData.encode({
    ChannelID: channelId,
    Nonce: nonce,
    State: 0n,
    Sender: chain.sender,
    Recipient: chain.recipient,
    GroupID: chain.groupId,
    FullAmount: chain.nonce < nonce ? chain.value - (claim?.amount ?? 0n) : chain.value,
    Expiration: chain.expiration,
    Signer: chain.signer,
    AuthorizedAmount: amount,
    Signature: signature,
  });
  return { key: keys.channel(channelId), value };
}

/** A claim in progress as the official daemon keeps it. */
export function toOfficialClaim(claim: ClaimRecord, keys: OfficialKeys): OfficialWrite {
  const value = payment.encode({
    ...payment.zero,
    ChannelID: claim.channelId,
    ChannelNonce: claim.nonce,
    Amount: claim.amount,
    Signature: claim.signature,
  });
  return { key: keys.claim(claim.channelId, claim.nonce), value };
}

/**
 * Prepaid counters as the official daemon keeps them.
 *
 * @param refunded - what its own counter says already; it stays
 */
export function toOfficialPrepaid(
  channelId: bigint,
  { planned, used, refunded }: { planned: bigint; used: bigint; refunded: bigint },
  keys: OfficialKeys,
): readonly OfficialWrite[] {
  const write = (part: 'P' | 'U' | 'R', Amount: bigint) => ({
    key: keys.prepaid(channelId, part),
    value: prePaidData.encode({ Amount }),
  });
  return [write('P', planned), write('U', used + refunded), write('R', refunded)];
}

/** A user of free calls as the official daemon keeps it, under the checksummed spelling that its clients send. */
export function toOfficialFreeCallUser(
  caller: { serviceId: string; address: string; userId: string },
  { used }: CounterRecord,
  options: { keys: OfficialKeys; organizationId: string; groupIdText: string },
): OfficialWrite {
  const { keys, organizationId, groupIdText } = options;
  const address = checksumAddress(hexToBytes(caller.address));
  const value = freeCallUserData.encode({
    Address: address,
    UserID: caller.userId,
    FreeCallsMade: used,
    OrganizationId: organizationId,
    ServiceId: caller.serviceId,
    GroupID: groupIdText,
  });
  return { key: keys.freeCall({ ...caller, address }), value };
}

/** What a channel and its claim lose on the way. */
export function getLoss(record: ChannelRecord, claims: readonly ClaimRecord[]): OfficialLoss {
  return {
    open: totalLength(record.open),
    credit: record.credit,
    unserved: claims.reduce((sum, { amount, actual }) => sum + (amount - actual), 0n),
    retries: record.entries.length,
  };
}
