import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packListUnclaimedMessage}. */
export interface ListUnclaimedMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that asks a daemon for the payments not claimed yet (protocol/daemon.md 3.3). Signed by
 * the payment address of the group.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packListUnclaimedMessage(fields: ListUnclaimedMessage): Uint8Array {
  return pack(text('__list_unclaimed'), address(fields.mpe), uint256(fields.block, 'block'));
}
