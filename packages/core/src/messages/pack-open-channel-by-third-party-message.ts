import { assertLength } from '../bytes/assert-length.ts';
import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packOpenChannelByThirdPartyMessage}. */
export interface OpenChannelByThirdPartyMessage {
  /** Address of the MultiPartyEscrow contract. */
  readonly mpe: string;
  /** Address that sends the transaction. */
  readonly opener: string;
  /** Signer of the new channel. */
  readonly signer: string;
  /** Recipient of the new channel. */
  readonly recipient: string;
  /** Group id, 32 bytes. */
  readonly groupId: Uint8Array;
  /** Amount to lock, in cogs. */
  readonly value: bigint;
  /** Block in which the channel expires. */
  readonly expiration: bigint;
  /** Number that makes the message unique; the current block number is suggested. */
  readonly messageNonce: bigint;
}

/**
 * The message by which a sender lets somebody else open a channel (protocol/sdk.md 5.2). Signed by the
 * sender of the new channel.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`, `BYTES_LENGTH_INVALID`
 */
export function packOpenChannelByThirdPartyMessage(
  fields: OpenChannelByThirdPartyMessage,
): Uint8Array {
  assertLength(fields.groupId, 32, 'A group id');
  return pack(
    text('__openChannelByThirdParty'),
    address(fields.mpe),
    address(fields.opener),
    address(fields.signer),
    address(fields.recipient),
    fields.groupId,
    uint256(fields.value, 'value'),
    uint256(fields.expiration, 'expiration'),
    uint256(fields.messageNonce, 'messageNonce'),
  );
}
