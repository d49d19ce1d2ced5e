import {
  type Keccak256,
  packClaimMessage,
  type SignatureRecovery,
  sameAddress,
} from '@snetkit/core';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';
import type { ChainView, ChannelOnChain, ExpiryClock } from '../chain/chain-view.ts';
import { recoverPlainSigner } from '../crypto/recover-plain-signer.ts';
import type { AllowedUsers } from './allowed-users.ts';

/** What a client signs to pay through a channel: cumulative amount in cogs. */
export interface SignedClaim {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly amount: bigint;
  /** 65 bytes when it is right. */
  readonly signature: Uint8Array;
}

/** What a claim is checked against. */
export interface ClaimCheckOptions {
  readonly chain: ChainView;
  readonly clock: ExpiryClock;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  /** Escrow contract: part of every signed message. */
  readonly mpe: string;
  /** Who may sign at all. */
  readonly isAllowedUser: AllowedUsers;
  /** A channel must live longer than this from now on: blocks. */
  readonly expirationThreshold: bigint;
}

/**
 * Checks who signed a claim, and that its channel lives long enough (daemon.md 4.1, steps 5 to 8). One
 * recovery of a signer.
 *
 * @throws PaymentRefusal 16, or 13 while the block is not known
 */
export async function checkClaim(
  claim: SignedClaim,
  channel: ChannelOnChain,
  options: ClaimCheckOptions,
): Promise<void> {
  const signer = recover(options, claim);
  if (!options.isAllowedUser(signer)) {
    throw refuseUnauthenticated('payment signature is not valid');
  }
  if (!sameAddress(signer, channel.signer) && !sameAddress(signer, channel.sender)) {
    throw refuseUnauthenticated('payment is not signed by channel signer/sender');
  }
  await checkExpiration(options, channel);
}

function recover({ recovery, keccak, mpe }: ClaimCheckOptions, claim: SignedClaim): string {
  const { channelId, nonce, amount, signature } = claim;
  try {
    const message = packClaimMessage({ mpe, channelId, nonce, amount });
    return recoverPlainSigner({ message, signature, recovery, keccak });
  } catch (cause) {
    throw refuseUnauthenticated('payment signature is not valid', cause);
  }
}

/**
 * A channel that seems near its end may have been extended: it is read again before it is refused. While
 * the node does not answer, a channel is good until the chain could have come within its threshold.
 */
async function checkExpiration(options: ClaimCheckOptions, channel: ChannelOnChain): Promise<void> {
  const { clock, chain, expirationThreshold: threshold } = options;
  if (getPossibleBlock(clock) + threshold < channel.expiration) return;
  // Also asks for the block.
  const fresh = await chain.read(channel.channelId).catch(() => undefined);
  const expiration = fresh?.expiration ?? channel.expiration;
  if (getPossibleBlock(clock) + threshold < expiration) return;
  const block = getBlock(clock);
  if (block + threshold < expiration) throw refuseBlock();
  throw refuseUnauthenticated(
    `payment channel is near to be expired, expiration time: ${expiration}, ` +
      `current block: ${block}, expiration threshold: ${threshold}`,
  );
}

function getPossibleBlock(clock: ExpiryClock): bigint {
  try {
    return clock.latestPossible();
  } catch (cause) {
    throw refuseBlock(cause);
  }
}

function getBlock(clock: ExpiryClock): bigint {
  try {
    return clock.current();
  } catch (cause) {
    throw refuseBlock(cause);
  }
}

function refuseBlock(cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, 'cannot determine current block', { cause });
}

function refuseUnauthenticated(message: string, cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.unauthenticated, message, { cause });
}
