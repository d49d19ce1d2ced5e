import { pack, uint256 } from './pack.ts';

/** Fields of {@link packGetTokenMessage}. */
export interface GetTokenMessage {
  /** The claim signature exactly as it is sent: 65 bytes, v included. */
  readonly claimSignature: Uint8Array;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The outer message of a request for a prepaid token (protocol/daemon.md 3.7). Signed by the channel's
 * signer, sender or recipient.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`
 */
export function packGetTokenMessage(fields: GetTokenMessage): Uint8Array {
  return pack(fields.claimSignature, uint256(fields.block, 'block'));
}
