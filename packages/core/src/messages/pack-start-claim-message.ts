import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packStartClaimMessage}. */
export interface StartClaimMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Id of the payment channel. */
  readonly channelId: bigint;
  /** The daemon's current nonce of the channel. */
  readonly nonce: bigint;
}

/**
 * The message that starts the claim of one channel (protocol/daemon.md 3.5). Signed by the payment
 * address of the group.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packStartClaimMessage(fields: StartClaimMessage): Uint8Array {
  return pack(
    text('__start_claim'),
    address(fields.mpe),
    uint256(fields.channelId, 'channelId'),
    uint256(fields.nonce, 'nonce'),
  );
}
