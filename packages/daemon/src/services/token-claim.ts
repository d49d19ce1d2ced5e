import {
  type Keccak256,
  packClaimMessage,
  recoverSigner,
  type SignatureRecovery,
  sameAddress,
} from '@snetkit/core';
import type { TokenRequest } from '@snetkit/protos/token';
import type { BlockClock, ChannelOnChain } from '../chain/chain-view.ts';
import { serviceError } from './service-error.ts';

/** What a claim is checked with. */
export interface TokenClaimOptions {
  readonly clock: BlockClock;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  readonly mpe: string;
  readonly expirationThreshold: bigint;
  readonly isAllowedUser: (address: string) => boolean;
  readonly counters: { serviceRecoveries: number };
}

/** Whether an address is the signer, sender or recipient of a channel. */
export function isParty(address: string, channel: ChannelOnChain): boolean {
  const { signer, sender, recipient } = channel;
  return [signer, sender, recipient].some((party) => sameAddress(party, address));
}

/**
 * Checks the payment inside a request for a token: steps 4 to 8 of daemon.md 4.1. What the channel can
 * pay was checked before.
 *
 * @throws ConnectError with code 2
 */
export function assertClaim(
  request: TokenRequest,
  { channel, nonce }: { channel: ChannelOnChain; nonce: bigint },
  options: TokenClaimOptions,
): void {
  if (request.currentNonce !== nonce) {
    throw serviceError(
      `incorrect payment channel nonce, latest: ${nonce}, sent: ${request.currentNonce}`,
    );
  }
  const signer = recoverClaimSigner(request, options);
  if (!options.isAllowedUser(signer)) throw serviceError('payment signature is not valid');
  if (!sameAddress(signer, channel.signer) && !sameAddress(signer, channel.sender)) {
    throw serviceError('payment is not signed by channel signer/sender');
  }
  const block = options.clock.current();
  if (block + options.expirationThreshold < channel.expiration) return;
  throw serviceError(
    `payment channel is near to be expired, expiration time: ${channel.expiration}, ` +
      `current block: ${block}, expiration threshold: ${options.expirationThreshold}`,
  );
}

function recoverClaimSigner(request: TokenRequest, options: TokenClaimOptions): string {
  const { channelId, currentNonce: nonce, signedAmount: amount, claimSignature } = request;
  const { mpe, recovery, keccak, counters } = options;
  counters.serviceRecoveries += 1;
  try {
    const message = packClaimMessage({ mpe, channelId, nonce, amount });
    return recoverSigner({ message, signature: claimSignature, recovery, keccak });
  } catch (cause) {
    throw serviceError('payment signature is not valid', cause);
  }
}
