import type { JsonObject } from '@snetkit/core';
import type { MetadataDescription } from './metadata-description.ts';

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
  /** URLs of licence servers. */
  readonly licenseServerEndpoints: readonly string[];
}

/** How to reach somebody; texts are empty when missing. */
export interface OrganizationContact {
  /** `general` or `support`; free text in older documents. */
  readonly contactType: string;
  /** `email`, or `email_id` in older documents. */
  readonly email: string;
  readonly phone: string;
}

/**
 * An organization document, current or older: a description that is a plain text, contacts with
 * `email_id` and no assets are fine (protocol/metadata.md 4). `document` keeps everything. What is
 * only shown to people is read as far as it is well-formed.
 */
export interface OrganizationMetadata {
  /** The JSON object itself, with exact integers. */
  readonly document: JsonObject;
  /** Where it was read, for messages. */
  readonly place: string | undefined;
  readonly organizationName: string;
  /** Empty in documents that leave it out; the registry's id counts. */
  readonly organizationId: string;
  /** `organization` or `individual`; empty when missing. */
  readonly organizationType: string;
  readonly groups: readonly OrganizationMetadataGroup[];
  /** A plain text of an older document is the full text. */
  readonly description: MetadataDescription;
  readonly contacts: readonly OrganizationContact[];
  /** `<cid>/<file name>`; empty when missing. */
  readonly heroImage: string;
}
