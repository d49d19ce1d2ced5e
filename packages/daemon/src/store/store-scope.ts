import { BaseError, bytesToBase64 } from '@snetkit/core';

/** Which group's state a store holds. */
export interface StoreScopeOptions {
  readonly chainId: bigint | number;
  /** MultiPartyEscrow contract; any case. */
  readonly mpe: string;
  /** Up to 32 bytes of UTF-8, as registered. */
  readonly organizationId: string;
  /** The 32 bytes that `group_id` stands for. */
  readonly groupId: Uint8Array;
}

/**
 * The prefix of all keys of one group: `snetkit/1/<chain id>/<mpe lower-case>/<org id>/<group id
 * base64url>` (ledger.md, section 2). The organization id is percent-encoded, so that no id can
 * reach into the scope of another.
 *
 * @throws BaseError `STORE_KEY_INVALID` when the organization id is empty or not well-formed text
 */
export function storeScope(options: StoreScopeOptions): string {
  const { chainId, mpe, organizationId, groupId } = options;
  if (organizationId === '' || !organizationId.isWellFormed()) {
    throw new BaseError('STORE_KEY_INVALID', 'The organization id cannot be part of a store key.', {
      expected: '1 to 32 bytes of UTF-8 text',
      found: JSON.stringify(organizationId),
    });
  }
  const group = bytesToBase64(groupId).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `snetkit/1/${chainId}/${mpe.toLowerCase()}/${encodeURIComponent(organizationId)}/${group}`;
}
