import { address, joinUint256, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packStartClaimsMessage}. */
export interface StartClaimsMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Ids of the channels, in any order: they are signed in ascending order. */
  readonly channelIds: readonly bigint[];
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that starts the claims of several channels (protocol/daemon.md 3.6; the underscore that
 * ends its prefix is real). Signed by the payment address of the group.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packStartClaimsMessage(fields: StartClaimsMessage): Uint8Array {
  return pack(
    text('__StartClaimForMultipleChannels_'),
    address(fields.mpe),
    joinUint256([...fields.channelIds].sort(ascending), 'channelIds'),
    uint256(fields.block, 'block'),
  );
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
