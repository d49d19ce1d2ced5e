import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packListInProgressMessage}. */
export interface ListInProgressMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that asks a daemon for the claims in progress (protocol/daemon.md 3.4). Signed by the
 * payment address of the group.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packListInProgressMessage(fields: ListInProgressMessage): Uint8Array {
  return pack(text('__list_in_progress'), address(fields.mpe), uint256(fields.block, 'block'));
}
