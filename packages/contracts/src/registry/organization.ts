import type { Address } from '@snetkit/core';

/** An organization as the registry holds it. */
export interface Organization {
  readonly organizationId: string;
  /** Where its metadata is; not checked further. */
  readonly metadataUri: string;
  readonly owner: Address;
  /** May register services, as the owner may. */
  readonly members: readonly Address[];
  /** In no stable order. */
  readonly serviceIds: readonly string[];
}
