import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import { adjustGasPrice } from './adjust-gas-price.ts';

/** How gas is paid: base fee and tip, or one price. */
export type FeeKind = 'eip1559' | 'legacy';

/** What a transaction offers for each unit of gas, in wei. */
export type Fees =
  | {
      readonly type: 'eip1559';
      readonly maxFeePerGas: bigint;
      readonly maxPriorityFeePerGas: bigint;
    }
  | { readonly type: 'legacy'; readonly gasPrice: bigint };

/** Tip (wei) where the endpoint suggests none. */
const defaultTip = 1_500_000_000n;

/**
 * Fees for a transaction that is sent now: twice the base fee of the latest block plus the suggested
 * tip, which stays enough for six full blocks. Chains without a base fee get one price.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getFees(
  client: ChainClient,
  { kind = 'eip1559', signal }: RequestOptions & { readonly kind?: FeeKind | undefined },
): Promise<Fees> {
  const ask = (method: string, ...params: unknown[]) =>
    sendRequest(client, { method, params }, { signal });
  if (kind === 'eip1559') {
    const [block, tip] = await Promise.all([
      ask('eth_getBlockByNumber', 'latest', false) as Promise<{ baseFeePerGas?: unknown } | null>,
      ask('eth_maxPriorityFeePerGas').catch((error: unknown) => {
        if (error instanceof RpcRefusal) return undefined;
        throw error;
      }),
    ]);
    if (block?.baseFeePerGas !== undefined && block.baseFeePerGas !== null) {
      const base = parseQuantity(block.baseFeePerGas, 'baseFeePerGas');
      const maxPriorityFeePerGas =
        tip === undefined ? defaultTip : parseQuantity(tip, 'eth_maxPriorityFeePerGas');
      const maxFeePerGas = 2n * base + maxPriorityFeePerGas;
      return { type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas };
    }
  }
  const price = parseQuantity(await ask('eth_gasPrice'), 'eth_gasPrice');
  return { type: 'legacy', gasPrice: adjustGasPrice(price) };
}
