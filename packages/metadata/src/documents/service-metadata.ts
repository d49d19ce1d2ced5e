import type { JsonObject } from '@snetkit/core';

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
}

/**
 * A service document. The fields are read from `document`, which keeps everything that the provider
 * wrote, unknown keys included (protocol/metadata.md 3).
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
}
