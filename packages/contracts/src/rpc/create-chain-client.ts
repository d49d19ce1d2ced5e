import { createPublicClient, type PublicClient } from 'viem';
import { giveJournal } from '../transactions/journal/client-journal.ts';
import type { TransactionJournal } from '../transactions/journal/transaction-journal.ts';
import { nameEndpoint } from './endpoint-name.ts';
import { httpTransport } from './http-transport.ts';
import { parseRpcEndpoint } from './rpc-endpoint.ts';

/**
 * A connection to a chain: a viem `PublicClient`. The functions of this package take one made by
 * {@link createChainClient}, or any other (a wallet in the browser, for example).
 */
export type ChainClient = PublicClient;

/** How a chain is reached. */
export interface ChainClientOptions {
  /** `http://` or `https://` URL of a JSON-RPC endpoint; never shown beyond its host. */
  readonly rpcUrl: string;
  /** Milliseconds for each request; 10,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** HTTP headers of each request, `Authorization` for example. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Longest answer in bytes; 32 MiB when not given. */
  readonly maxBytes?: number | undefined;
  /** Told the JSON-RPC methods of each HTTP request: one, or those of a batch. */
  readonly onRequest?: ((methods: readonly string[]) => void) | undefined;
  /**
   * Opens what transactions are written to before they are sent, unless one is given with them; asked
   * each time. In memory when not given.
   */
  readonly journal?: (() => TransactionJournal) | undefined;
}

/**
 * Makes a connection to a chain. It sends nothing yet, repeats nothing and caches nothing.
 *
 * @throws BaseError `RPC_URL_INVALID`
 *
 * @example
 * ```ts
 * const client = createChainClient({ rpcUrl: 'http://127.0.0.1:8545' });
 * console.log(await getBlockNumber(client));
 * ```
 */
export function createChainClient(options: ChainClientOptions): ChainClient {
  const { rpcUrl, timeoutMs = 10_000, headers, maxBytes = 32 * 1024 * 1024, onRequest } = options;
  const endpoint = parseRpcEndpoint(rpcUrl, headers);
  const client = createPublicClient({
    transport: httpTransport(endpoint, { timeoutMs, maxBytes, onRequest }),
    cacheTime: 0,
  });
  nameEndpoint(client, endpoint.url);
  if (options.journal !== undefined) giveJournal(client, options.journal);
  return client;
}
