import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packClaimMessage}. */
export interface ClaimMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Id of the payment channel. */
  readonly channelId: bigint;
  /** Nonce of the channel that the message is meant for. */
  readonly nonce: bigint;
  /** Cumulative amount that is authorised, in cogs. */
  readonly amount: bigint;
}

/**
 * The message that authorises the recipient to claim an amount: an escrow or training payment, the claim
 * signature of a prepaid token, and the claim on chain (protocol/daemon.md 3.1). Signed by the channel's
 * signer or sender.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packClaimMessage(fields: ClaimMessage): Uint8Array {
  return pack(
    text('__MPE_claim_message'),
    address(fields.mpe),
    uint256(fields.channelId, 'channelId'),
    uint256(fields.nonce, 'nonce'),
    uint256(fields.amount, 'amount'),
  );
}
