/** Key of what a channel bought beforehand (ledger.md, section 2). */
export function prepaidKey(channelId: bigint): string {
  return `prepaid/${channelId}`;
}

/** Whose free calls are counted. */
export interface FreeCaller {
  readonly serviceId: string;
  /** Any spelling; one wallet has one counter. */
  readonly address: string;
  /** Of a trusted signer's user; empty for a wallet of its own. */
  readonly userId: string;
}

/**
 * Key of the free calls that a user has made of a service (ledger.md, section 2). Service and user id
 * are percent-encoded, so that neither can reach into another's.
 *
 * @throws URIError when an id is not well-formed text
 */
export function freeCallKey({ serviceId, address, userId }: FreeCaller): string {
  const digits = address.toLowerCase().replace(/^0x/, '');
  return `free/${encodeURIComponent(serviceId)}/0x${digits}/${encodeURIComponent(userId)}`;
}
