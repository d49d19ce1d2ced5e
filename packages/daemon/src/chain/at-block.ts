import type { ChainClient } from '@snetkit/contracts';

type Request = (
  request: { method: string; params?: unknown },
  options?: object,
) => Promise<unknown>;

/** The same connection, but contracts are read as they were after a block, not as they are now. */
export function atBlock(client: ChainClient, block: bigint): ChainClient {
  const request: Request = ({ method, params }, options) => {
    const pinned =
      method === 'eth_call' && Array.isArray(params)
        ? [params[0], `0x${block.toString(16)}`, ...params.slice(2)]
        : params;
    return (client.request as Request)({ method, params: pinned }, options);
  };
  return { ...client, request } as ChainClient;
}
