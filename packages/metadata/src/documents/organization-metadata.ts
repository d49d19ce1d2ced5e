import type { JsonObject } from '@snetkit/core';

/** How the official daemons of a group reach their shared store. */
export interface PaymentStorage {
  /** `etcd` in all documents that official tools write. */
  readonly type: string;
  /** Go duration text such as `5s`; empty when missing. `parseDuration` reads it. */
  readonly connectionTimeout: string;
  /** Go duration text; empty when missing. */
  readonly requestTimeout: string;
  readonly endpoints: readonly string[];
}

/** A payment group of an organization: who is paid, and how long funds must stay locked. */
export interface OrganizationMetadataGroup {
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  /** Address as the document writes it. */
  readonly paymentAddress: string;
  /** Blocks; `undefined` when the document has none. */
  readonly paymentExpirationThreshold: bigint | undefined;
  readonly storage: PaymentStorage;
}

/**
 * An organization document. Only what paying and serving need is read; `document` keeps everything,
 * so older forms (a description that is a plain text, contacts with `email_id`, no assets) are fine
 * (protocol/metadata.md 4).
 */
export interface OrganizationMetadata {
  /** The JSON object itself, with exact integers. */
  readonly document: JsonObject;
  /** Where it was read, for messages. */
  readonly place: string | undefined;
  readonly organizationName: string;
  /** Empty in documents that leave it out; the registry's id counts. */
  readonly organizationId: string;
  readonly groups: readonly OrganizationMetadataGroup[];
}
