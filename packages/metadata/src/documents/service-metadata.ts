import type { JsonObject } from '@snetkit/core';
import type { AddOn, Licenses } from './licenses.ts';
import type { MetadataDescription } from './metadata-description.ts';

/** A price list entry of a service group, as the document has it (protocol/metadata.md 3.3). */
export interface PricingEntry {
  /** `fixed_price` or `fixed_price_per_method`; other texts are read, but cannot be used. */
  readonly priceModel: string;
  /** Only the first entry with `true` counts. */
  readonly default: boolean;
  /** Cogs for each call; `undefined` when the entry has none. */
  readonly priceInCogs: bigint | undefined;
  /** Package of the methods below; empty when the protos have none. */
  readonly packageName: string;
  readonly details: readonly ServicePricing[];
}

/** Prices of the methods of one gRPC service. */
export interface ServicePricing {
  readonly serviceName: string;
  readonly methodPricing: readonly MethodPricing[];
}

/** Price of one method. */
export interface MethodPricing {
  readonly methodName: string;
  /** Cogs for each call; `undefined` when the entry has none. */
  readonly priceInCogs: bigint | undefined;
}

/** A group in a service document: where the service runs and what it costs there. */
export interface ServiceMetadataGroup {
  readonly groupName: string;
  /** Base64 of 32 bytes; empty in documents that leave it to the organization. */
  readonly groupId: string;
  /** URLs of daemons. */
  readonly endpoints: readonly string[];
  readonly pricing: readonly PricingEntry[];
  /** Calls that each user has for nothing. */
  readonly freeCalls: number;
  /** Address as the document writes it; empty when there are no free calls. */
  readonly freeCallSignerAddress: string;
  /** Addresses of the daemons, as the document writes them. */
  readonly daemonAddresses: readonly string[];
  readonly licenses: Licenses;
  readonly addOns: readonly AddOn[];
}

/** A picture or a video of a service. */
export interface ServiceMedia {
  /** Place in the gallery, from 1; 0 when the document gives none. */
  readonly order: number;
  /** URL or storage URI. */
  readonly url: string;
  /** `image` or `video`. */
  readonly fileType: string;
  readonly altText: string;
  /** `hero_image` for the picture of the service; often empty. */
  readonly assetType: string;
}

/** Pictures and texts in older documents, each `<cid>/<file name>`; empty when missing. */
export interface ServiceAssets {
  readonly heroImage: string;
  readonly documentation: string;
  readonly termsOfUse: string;
  readonly images: readonly string[];
}

/**
 * A service document. The fields are read from `document`, which keeps everything that the provider
 * wrote, unknown keys included (protocol/metadata.md 3). What is only shown to people is read as far
 * as it is well-formed: a service works without it.
 */
export interface ServiceMetadata {
  /** The JSON object itself, with exact integers. */
  readonly document: JsonObject;
  /** Where it was read, for messages. */
  readonly place: string | undefined;
  readonly version: number;
  readonly displayName: string;
  /** `proto` or `json`; how the service wants its messages. */
  readonly encoding: string;
  /** `grpc`, `http`, `jsonrpc` or `process`. */
  readonly serviceType: string;
  /** Storage URI of the proto archive; wins over `modelIpfsHash`. */
  readonly serviceApiSource: string;
  /** CID of the proto archive in older documents. */
  readonly modelIpfsHash: string;
  /** Escrow contract as the document writes it: to be compared, never to be believed. */
  readonly mpeAddress: string;
  readonly groups: readonly ServiceMetadataGroup[];
  readonly description: MetadataDescription;
  readonly contributors: readonly { readonly name: string; readonly email: string }[];
  readonly media: readonly ServiceMedia[];
  readonly assets: ServiceAssets;
  readonly tags: readonly string[];
}
