import type { Address } from '@snetkit/core';

/** What tokens and requests of free calls are bound to: the group of a service. */
export interface FreeCallTerms {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly groupName: string;
  /** Base64 text, as it is signed. */
  readonly groupId: string;
  /** Who signs tokens, by the service metadata; `undefined`: nobody, so that no token is good. */
  readonly signer: Address | undefined;
}
