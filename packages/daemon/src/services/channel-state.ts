import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  bytesToBigint,
  type Keccak256,
  maxUint256,
  packGetChannelStateMessage,
  recoverSigner,
  type SignatureRecovery,
  sameAddress,
  uint256ToBytes,
} from '@snetkit/core';
import {
  type ChannelStateReplySchema,
  type ChannelStateRequest,
  EntryView_State,
} from '@snetkit/protos/state';
import { maxReserved } from '../accounts/channel-account.ts';
import type { ChannelAccounts } from '../accounts/channel-accounts.ts';
import { mapBounded } from '../accounts/map-bounded.ts';
import type { BlockClock } from '../chain/chain-view.ts';
import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { getTop } from '../ledger/top.ts';
import { assertInWindow } from './block-window.ts';
import { explainChannel, findServiceChannel, type ReadChannelOptions } from './read-channel.ts';
import { serviceError } from './service-error.ts';

/** What {@link getChannelState} answers from. */
export interface ChannelStateOptions extends ReadChannelOptions {
  readonly accounts: Pick<ChannelAccounts, 'readRecord' | 'readClaim' | 'isOwnerAlive'>;
  readonly clock: BlockClock;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  /** Escrow contract: part of the signed message. */
  readonly mpe: string;
  readonly counters: { serviceRecoveries: number };
}

type Reply = MessageInitShape<typeof ChannelStateReplySchema>;

/**
 * `PaymentChannelStateService.GetChannelState` (daemon.md 4.8, ledger.md 5). What costs nothing is
 * checked first; the record always comes from the store.
 *
 * @throws ConnectError with code 2 and the official texts
 */
export async function getChannelState(
  request: ChannelStateRequest,
  options: ChannelStateOptions,
): Promise<Reply> {
  const channelId = bytesToBigint(request.channelId);
  if (channelId > maxUint256) throw serviceError('channel error:the channel id has over 256 bits');
  const signer = recover(request, channelId, options);
  assertInWindow(request.currentBlock, options.clock);

  const channel = await findServiceChannel(channelId, options);
  const { sender, recipient } = channel;
  if (![channel.signer, sender, recipient].some((address) => sameAddress(address, signer))) {
    throw serviceError('only channel signer/sender/receiver can get latest channel state');
  }
  // Who may ask is told what the chain has now: a claim made outside the daemon moves the nonce.
  const fresh = await options.chain.read(channelId).catch(() => undefined);
  const { record, claim } = await explainChannel(fresh ?? channel, options);
  return describe(record, claim, options);
}

function recover(
  request: ChannelStateRequest,
  channelId: bigint,
  { recovery, keccak, mpe, counters }: ChannelStateOptions,
): string {
  counters.serviceRecoveries += 1;
  try {
    const { signature, currentBlock: block } = request;
    const message = packGetChannelStateMessage({ mpe, channelId, block });
    return recoverSigner({ message, signature, recovery, keccak });
  } catch (cause) {
    throw serviceError('incorrect signature', cause);
  }
}

async function describe(
  record: ChannelRecord,
  claim: ClaimRecord | undefined,
  { accounts }: ChannelStateOptions,
): Promise<Reply> {
  const top = getTop(record);
  // Many entries, few owners: each costs a request to the store.
  const owners = new Set(record.entries.map(({ owner }) => owner));
  const living = new Set<string>();
  await mapBounded([...owners], async (owner) => {
    if (await accounts.isOwnerAlive(owner)) living.add(owner);
  });
  const entries = record.entries.map(({ nonce, amount, price, owner }) => ({
    nonce: uint256ToBytes(nonce),
    amount: uint256ToBytes(amount),
    price: uint256ToBytes(price),
    state: living.has(owner) ? EntryView_State.IN_PROGRESS : EntryView_State.RETRY,
  }));
  return {
    currentNonce: uint256ToBytes(record.nonce),
    ...(top.amount > 0n && {
      currentSignedAmount: uint256ToBytes(top.amount),
      currentSignature: top.signature,
    }),
    ...(claim !== undefined && {
      oldNonceSignedAmount: uint256ToBytes(claim.amount),
      oldNonceSignature: claim.signature,
    }),
    open: record.open.map(({ from, to }) => ({
      from: uint256ToBytes(from),
      to: uint256ToBytes(to),
    })),
    entries,
    ...(record.credit > 0n && { credit: uint256ToBytes(record.credit) }),
    maxInFlight: maxReserved,
  };
}
