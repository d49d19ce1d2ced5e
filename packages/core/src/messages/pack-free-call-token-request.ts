import { pack, text, uint256 } from './pack.ts';

/** Fields of {@link packFreeCallTokenRequest}; texts are signed exactly as given, never re-cased. */
export interface FreeCallTokenRequest {
  /** Address text, exactly as the request or header carries it. */
  readonly address: string;
  /** User behind a trusted address; empty unless given. */
  readonly userId?: string | undefined;
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
 * The message that asks a daemon for a free-call token (protocol/daemon.md 3.8). Signed by `address`.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`
 */
export function packFreeCallTokenRequest(fields: FreeCallTokenRequest): Uint8Array {
  return pack(
    text('__prefix_free_trial'),
    text(fields.address),
    text(fields.userId ?? ''),
    text(fields.organizationId),
    text(fields.serviceId),
    text(fields.groupId),
    uint256(fields.block, 'block'),
  );
}
