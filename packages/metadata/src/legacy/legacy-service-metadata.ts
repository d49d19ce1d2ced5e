import type { JsonObject } from '@snetkit/core';
import type { PricingEntry } from '../documents/service-metadata.ts';

/** A group of a legacy document. */
export interface LegacyServiceGroup {
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  /** Address as the document writes it; empty when missing. */
  readonly paymentAddress: string;
}

/**
 * A service document from before organizations had documents: payment, prices and endpoints stand
 * beside the groups (seed 003; protocol/metadata.md 2).
 */
export interface LegacyServiceMetadata {
  /** The JSON object itself, with exact integers. */
  readonly document: JsonObject;
  /** Where it was read, for messages. */
  readonly place: string | undefined;
  readonly version: number;
  readonly displayName: string;
  readonly encoding: string;
  readonly serviceType: string;
  /** Blocks; `undefined` when missing. */
  readonly paymentExpirationThreshold: bigint | undefined;
  /** CID of the proto archive. */
  readonly modelIpfsHash: string;
  /** Escrow contract as the document writes it: to be compared, never to be believed. */
  readonly mpeAddress: string;
  /** One price list for all groups; `undefined` when missing. */
  readonly pricing: PricingEntry | undefined;
  readonly groups: readonly LegacyServiceGroup[];
  readonly endpoints: readonly { readonly groupName: string; readonly endpoint: string }[];
}
