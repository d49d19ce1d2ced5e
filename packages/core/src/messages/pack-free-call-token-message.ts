import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packFreeCallTokenMessage}. */
export interface FreeCallTokenMessage {
  /** Organization id. */
  readonly organizationId: string;
  /** Name of the group, not its id. */
  readonly groupName: string;
  /** Address that may use the token. */
  readonly address: string;
  /** User behind a trusted address; empty unless given. */
  readonly userId?: string | undefined;
  /** Last block in which the token is good. */
  readonly expirationBlock: bigint;
}

/**
 * The message inside a free-call token (protocol/daemon.md 3.9). Signed by the free-call signer of the
 * group.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packFreeCallTokenMessage(fields: FreeCallTokenMessage): Uint8Array {
  return pack(
    text(fields.organizationId),
    text(fields.groupName),
    address(fields.address),
    text(fields.userId ?? ''),
    uint256(fields.expirationBlock, 'expirationBlock'),
  );
}
