import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packGetChannelStateMessage}. */
export interface GetChannelStateMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Id of the payment channel. */
  readonly channelId: bigint;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that asks a daemon for the state of a channel (protocol/daemon.md 3.2). Signed by the
 * channel's signer, sender or recipient.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packGetChannelStateMessage(fields: GetChannelStateMessage): Uint8Array {
  return pack(
    text('__get_channel_state'),
    address(fields.mpe),
    uint256(fields.channelId, 'channelId'),
    uint256(fields.block, 'block'),
  );
}
