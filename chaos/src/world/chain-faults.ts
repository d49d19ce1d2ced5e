import { addFunds, type ChainClient, type Signer } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';

/** What can happen to the chain itself. */
export interface ChainFaults {
  /** Remembers the chain as it is now. */
  snapshot(): Promise<string>;
  /** Takes the chain back to there, and makes as many other blocks as were lost, and one more. */
  reorganise(snapshot: string): Promise<void>;
  addFunds(channelId: bigint, amount: bigint): Promise<void>;
  blockNumber(): Promise<bigint>;
  mine(): Promise<void>;
}

/** Speaks to the node itself, past the proxy. */
export function createChainFaults(options: {
  rpcUrl: string;
  client: ChainClient;
  signer: Signer;
  mpe: Address;
  token: Address;
}): ChainFaults {
  const { rpcUrl, client, signer, mpe, token } = options;
  async function send(method: string, params: readonly unknown[] = []): Promise<unknown> {
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: unknown };
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }
  const blockNumber = async () => BigInt(String(await send('eth_blockNumber')));
  return {
    snapshot: async () => String(await send('evm_snapshot')),
    async reorganise(snapshot) {
      const before = await blockNumber();
      await send('evm_revert', [snapshot]);
      const lost = before - (await blockNumber());
      await send('anvil_mine', [`0x${(lost + 1n).toString(16)}`]);
    },
    async addFunds(channelId, amount) {
      await addFunds(client, signer, { mpe, token, channelId, amount });
    },
    blockNumber,
    async mine() {
      await send('evm_mine');
    },
  };
}
