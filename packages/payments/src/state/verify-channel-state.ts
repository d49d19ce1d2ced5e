import {
  type Address,
  BaseError,
  bytesToBigint,
  packClaimMessage,
  recoverSigner,
  sameAddress,
} from '@snetkit/core';
import { type ChannelStateReply, EntryView_State } from '@snetkit/protos/state';
import type { AmountInterval } from '../ledger/ledger-record.ts';
import type { ListedPayment, VerifiedState } from '../ledger/synchronise.ts';

/** The channel as the chain has it, against which a daemon's word is held. */
export interface ChannelFacts {
  readonly mpe: Address;
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly value: bigint;
  readonly expiration: bigint;
  readonly signer: Address;
  readonly sender: Address;
}

/**
 * Believes of a daemon's answer only what the client's own signatures confirm (sdk.md, section 4.5):
 * a lying daemon can make the client believe that it has less money, never that it signed more.
 *
 * @throws BaseError DAEMON_STATE_INVALID
 */
export function verifyChannelState(reply: ChannelStateReply, channel: ChannelFacts): VerifiedState {
  const nonce = bytesToBigint(reply.currentNonce);
  const top = bytesToBigint(reply.currentSignedAmount);
  const isClaimed = nonce === channel.nonce + 1n;
  if (nonce !== channel.nonce && !isClaimed) {
    throw invalid(channel, 'The daemon tells a nonce that the channel does not have.', {
      expected: `nonce ${channel.nonce}, or ${channel.nonce + 1n} while a claim is in progress`,
      found: `nonce ${nonce}`,
    });
  }
  const claimed = isClaimed ? bytesToBigint(reply.oldNonceSignedAmount) : 0n;
  checkOwn(channel, { nonce, amount: top, signature: reply.currentSignature });
  checkOwn(channel, { nonce: nonce - 1n, amount: claimed, signature: reply.oldNonceSignature });
  if (top + claimed > channel.value) {
    throw invalid(channel, 'The daemon tells more signed than the channel holds.', {
      expected: `at most ${channel.value} cogs`,
      found: `${top + claimed} cogs`,
    });
  }
  return {
    nonce,
    top,
    claimed,
    open: readOpen(reply, channel, top),
    listed: reply.entries.map(readListed),
    value: channel.value,
    expiration: channel.expiration,
    maxInFlight: Math.min(Math.max(reply.maxInFlight, 1), 64),
  };
}

function checkOwn(
  channel: ChannelFacts,
  claim: { nonce: bigint; amount: bigint; signature: Uint8Array },
): void {
  if (claim.amount === 0n) return;
  const { mpe, channelId } = channel;
  const message = packClaimMessage({ mpe, channelId, nonce: claim.nonce, amount: claim.amount });
  let signer: Address;
  try {
    signer = recoverSigner({ message, signature: claim.signature });
  } catch (cause) {
    throw notOwn(channel, claim, { found: 'a signature that cannot be read', cause });
  }
  if (sameAddress(signer, channel.signer) || sameAddress(signer, channel.sender)) return;
  throw notOwn(channel, claim, { found: `a signature of ${signer}` });
}

function readOpen(
  { open }: ChannelStateReply,
  channel: ChannelFacts,
  top: bigint,
): readonly AmountInterval[] {
  const intervals = open.map(({ from, to }) => ({
    from: bytesToBigint(from),
    to: bytesToBigint(to),
  }));
  let last = -1n;
  for (const { from, to } of intervals) {
    if (from <= last || from >= to || to >= top) {
      throw invalid(channel, 'The daemon tells open amounts that do not fit together.', {
        expected: `ascending stretches below ${top} cogs`,
        found: `(${from}, ${to}]`,
      });
    }
    last = to;
  }
  return intervals;
}

function readListed(entry: ChannelStateReply['entries'][number]): ListedPayment {
  return {
    nonce: bytesToBigint(entry.nonce),
    amount: bytesToBigint(entry.amount),
    price: bytesToBigint(entry.price),
    state: entry.state === EntryView_State.RETRY ? 'retry' : 'inProgress',
  };
}

function notOwn(
  channel: ChannelFacts,
  { amount, nonce }: { amount: bigint; nonce: bigint },
  details: { found: string; cause?: unknown },
): BaseError {
  return invalid(channel, 'The daemon tells an amount that this client did not sign.', {
    expected: `${amount} cogs at nonce ${nonce}, signed by ${channel.signer} or ${channel.sender}`,
    ...details,
  });
}

function invalid(
  { channelId }: ChannelFacts,
  message: string,
  details: { expected: string; found: string; cause?: unknown },
): BaseError {
  return new BaseError('DAEMON_STATE_INVALID', message, {
    place: `GetChannelState of channel ${channelId}`,
    ...details,
    hint: 'Pay nothing more to this daemon until its provider explains it; nothing was lost by asking.',
  });
}
