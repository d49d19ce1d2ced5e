import { pack, text, uint256 } from './pack.ts';

/** Fields of {@link packMeteringMessage}. */
export interface MeteringMessage {
  /** Name of the caller. */
  readonly username: string;
  /** Organization id. */
  readonly organizationId: string;
  /** Service id. */
  readonly serviceId: string;
  /** Group id, base64 text. */
  readonly groupId: string;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that signs a report to the metering service (protocol/daemon.md 3.13). Signed by the
 * metering key.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`
 */
export function packMeteringMessage(fields: MeteringMessage): Uint8Array {
  return pack(
    text('_usage'),
    text(fields.username),
    text(fields.organizationId),
    text(fields.serviceId),
    text(fields.groupId),
    uint256(fields.block, 'block'),
  );
}
