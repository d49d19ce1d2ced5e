import type { Address, JsonObject } from '@snetkit/core';

/** What a service document says. */
export interface ServiceDocumentOptions {
  readonly displayName: string;
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  readonly mpe: Address;
  /** Storage URI of the proto archive. */
  readonly apiSource: string;
  /** URLs of daemons. */
  readonly endpoints: readonly string[];
  readonly daemonAddress: Address;
  /** Cogs for each call. */
  readonly price: bigint;
  readonly freeCalls?: FreeCallTerms | undefined;
  /** `grpc` when not given; also `http`, `jsonrpc`, `process`. */
  readonly serviceType?: string | undefined;
  /** `proto` when not given; also `json`. */
  readonly encoding?: string | undefined;
}

/** What a service gives away. */
export interface FreeCallTerms {
  /** Calls that each wallet may make without paying. */
  readonly calls: number;
  /** Who signs the tokens of free calls: the daemons' `private_key_for_free_calls`. */
  readonly signer: Address;
}

/**
 * A service document with one fixed price that passes the validator of the official CLI and loads
 * in the official daemon and SDKs as well (protocol/metadata.md 3 and 9).
 */
export function createServiceDocument(options: ServiceDocumentOptions): JsonObject {
  return {
    version: 1,
    display_name: options.displayName,
    encoding: options.encoding ?? 'proto',
    service_type: options.serviceType ?? 'grpc',
    // Empty, but there: the official validator requires the key of old beside the new one.
    model_ipfs_hash: '',
    service_api_source: options.apiSource,
    mpe_address: options.mpe,
    groups: [
      {
        group_name: options.groupName,
        group_id: options.groupId,
        pricing: [{ default: true, price_model: 'fixed_price', price_in_cogs: options.price }],
        endpoints: [...options.endpoints],
        daemon_addresses: [options.daemonAddress],
        free_calls: options.freeCalls?.calls ?? 0,
        ...(options.freeCalls !== undefined && {
          free_call_signer_address: options.freeCalls.signer,
        }),
      },
    ],
    service_description: {
      url: 'https://example.org',
      short_description: options.displayName,
      description: options.displayName,
    },
    contributors: [{ name: 'Local network', email_id: '' }],
    media: [],
    assets: {},
    tags: ['local-network'],
  };
}
