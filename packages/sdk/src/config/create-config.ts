import type { TransactionJournal } from '@snetkit/contracts';
import {
  defineNetwork,
  getNetwork,
  getStand,
  type NetworkDefinition,
  type StandFilter,
} from '@snetkit/core';
import {
  type ContentSource,
  type ContentSources,
  type ContentStore,
  createContentSources,
  kuboStore,
} from '@snetkit/metadata';
import type { ClientLedger, FundingPolicy } from '@snetkit/payments';
import type { AccountOptions } from '../accounts/account.ts';
import type { Config } from './config.ts';
import type { NetworkChoice } from './network-input.ts';

/** The IPFS node that the platform runs for everybody. */
export const defaultContentUrl = 'https://ipfs.singularitynet.io:443';

/** What the user decides. */
export interface ConfigOptions {
  /** `mainnet`, `sepolia`, a chain id, or the definition of a network of one's own. */
  readonly network: NetworkChoice;
  /** Which deployment, when the network has several; its first one when left out. */
  readonly stand?: StandFilter | undefined;
  /** JSON-RPC endpoint of the chain. */
  readonly rpcUrl: string;
  /** HTTP headers of each request to the chain. */
  readonly rpcHeaders?: Readonly<Record<string, string>> | undefined;
  /** RPC API of an IPFS node; the platform's own when left out. */
  readonly contentUrl?: string | undefined;
  /** Trustless IPFS gateways that are asked when `contentUrl` is slow or has not got it. */
  readonly gatewayUrls?: readonly string[] | undefined;
  /** Gateway for `filecoin://` content; that of Lighthouse when left out. */
  readonly lighthouseUrl?: string | undefined;
  /** Content sources of one's own, instead of these URLs. */
  readonly content?: ContentSource | ContentSources | undefined;
  /** Where documents and protos are published; the IPFS node of `contentUrl` when left out. */
  readonly store?: ContentStore | undefined;
  /** Keeps what was signed; by default the files of this user (Node), or memory (browser). */
  readonly ledger?: ClientLedger | undefined;
  /**
   * Where transactions are written before they are sent; by default the files of this user (Node), or
   * memory (browser, and with a ledger of one's own).
   */
  readonly journal?: TransactionJournal | undefined;
  /** Folder of the default ledger and journal (Node). */
  readonly ledgerDirectory?: string | undefined;
  /** Limits and habits of spending, in cogs. */
  readonly funding?: FundingPolicy | undefined;
  /** `false`: calls take turns where a daemon wants it, and none is bought beforehand. */
  readonly concurrency?: boolean | undefined;
  readonly accounts?: readonly AccountOptions[] | undefined;
}

/**
 * Makes the configuration of an engine. Nothing is asked yet: a wrong endpoint shows with the first use.
 *
 * @throws BaseError `NETWORK_UNKNOWN`, `NETWORK_INVALID`, `ADDRESS_INVALID`, `CONTENT_SOURCE_INVALID`
 *
 * @example
 * ```ts
 * const config = createConfig({ network: 'sepolia', rpcUrl: 'https://rpc.example.org' });
 * ```
 */
export function createConfig(options: ConfigOptions): Config {
  const { contentUrl = defaultContentUrl, rpcHeaders = {}, funding = {}, accounts = [] } = options;
  const network =
    typeof options.network === 'object'
      ? defineNetwork(options.network as NetworkDefinition)
      : getNetwork(options.network, { place: 'network' });
  return {
    network,
    stand: getStand(network, options.stand),
    rpcUrl: options.rpcUrl,
    rpcHeaders,
    content: options.content ?? createContent(contentUrl, options),
    store: options.store ?? kuboStore({ endpoint: contentUrl }),
    ledger: options.ledger,
    journal: options.journal,
    ledgerDirectory: options.ledgerDirectory,
    funding,
    concurrency: options.concurrency ?? true,
    accounts,
  };
}

function createContent(
  contentUrl: string,
  { gatewayUrls, lighthouseUrl }: ConfigOptions,
): ContentSources {
  return createContentSources({ kuboUrls: [contentUrl], gatewayUrls, lighthouseUrl });
}
