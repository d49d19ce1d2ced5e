import {
  type Address,
  type Hex,
  hexToBytes,
  packOpenChannelByThirdPartyMessage,
} from '@snetkit/core';

/** A channel that somebody else opens and pays for, as its sender agrees to it. */
export interface ChannelOpening {
  readonly mpe: Address;
  /** Account that sends the transaction and gives the money; nobody else may use the consent. */
  readonly opener: Address;
  /** May sign payments besides the sender. */
  readonly signer: Address;
  readonly recipient: Address;
  /** 32 bytes. */
  readonly groupId: Hex;
  /** Cogs. */
  readonly amount: bigint;
  /** Block number. */
  readonly expiration: bigint;
  /** Makes the consent unique, since each can be used once; the current block number is usual. */
  readonly messageNonce: bigint;
}

/**
 * The message that the sender signs (protocol/sdk.md 5.2). Inside this package only.
 *
 * @throws BaseError `ADDRESS_INVALID`, `HEX_INVALID`, `BYTES_LENGTH_INVALID`, `NUMBER_OUT_OF_RANGE`
 */
export function packChannelOpening({ amount, groupId, ...fields }: ChannelOpening): Uint8Array {
  return packOpenChannelByThirdPartyMessage({
    ...fields,
    groupId: hexToBytes(groupId),
    value: amount,
  });
}
