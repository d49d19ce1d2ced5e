import { type ChainClient, createChainClient, getChainId } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import type { DaemonNetwork } from '../config/network.ts';
import { getRpcHeaders } from '../config/rpc-headers.ts';
import type { Config } from '../config/schema.ts';
import { type ChainRequestCounters, countChainRequests } from '../observe/count-chain-requests.ts';

/**
 * Connects to the node and makes sure that it is on the configured network: payments of another chain
 * are worth nothing here.
 *
 * @throws BaseError CHAIN_ID_MISMATCH, or that the node cannot be reached
 */
export async function openChain(options: {
  config: Config;
  network: DaemonNetwork;
  counters: ChainRequestCounters;
  signal: AbortSignal;
}): Promise<ChainClient> {
  const { config, network, counters, signal } = options;
  const client = countChainRequests(
    createChainClient({
      // The rules have made sure of it.
      rpcUrl: config.ethereum_json_rpc_http_endpoint ?? '',
      timeoutMs: config.chain_request_timeout,
      headers: getRpcHeaders(config),
    }),
    counters,
  );
  const chainId = await askChainId(client, signal);
  if (chainId === network.chainId) return client;
  throw new BaseError('CHAIN_ID_MISMATCH', 'The node is on another chain than the configuration.', {
    place: 'ethereum_json_rpc_http_endpoint',
    expected: `chain id ${network.chainId} (network ${network.name})`,
    found: `chain id ${chainId}`,
    hint: 'Set ethereum_json_rpc_http_endpoint to a node of the network, or select its network.',
  });
}

/** A node that does not answer is told with the setting that names it. */
async function askChainId(client: ChainClient, signal: AbortSignal): Promise<number> {
  try {
    return await getChainId(client, { signal });
  } catch (cause) {
    const { code, shortMessage, place, expected, found, hint } = BaseError.from(cause);
    throw new BaseError(code, shortMessage, {
      place: ['ethereum_json_rpc_http_endpoint', place].filter(Boolean).join(': '),
      expected,
      found,
      hint,
      cause,
    });
  }
}
