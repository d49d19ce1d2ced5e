import type { ChainClient } from '../../rpc/create-chain-client.ts';
import { parseQuantity } from '../../rpc/quantity.ts';
import { RpcRefusal } from '../../rpc/rpc-refusal.ts';
import { type RequestOptions, sendRequest } from '../../rpc/send-request.ts';
import { adjustGasPrice } from './adjust-gas-price.ts';
import type { FeePolicy } from './fee-policy.ts';
import type { Fees } from './fees.ts';
import { limitFees } from './limit-fees.ts';

/** How gas is paid, and how much of it. */
export interface GetFeesOptions extends RequestOptions {
  readonly policy: FeePolicy;
  /** Gas limit of the transaction. */
  readonly gas: bigint;
}

/** Tip (wei) where the endpoint suggests none. */
const defaultTip = 1_500_000_000n;

/**
 * Fees for a transaction that is sent now: twice the base fee of the latest block plus the suggested
 * tip, which stays enough for six full blocks. Chains without a base fee get one price.
 *
 * @throws BaseError `FEE_ABOVE_LIMIT`, `RPC_...`, `ABORTED`
 */
export async function getFees(
  client: ChainClient,
  { policy, gas, signal }: GetFeesOptions,
): Promise<Fees> {
  const ask = (method: string, ...params: unknown[]) =>
    sendRequest(client, { method, params }, { signal });
  if (policy.kind !== 'legacy') {
    const [block, tip] = await Promise.all([
      ask('eth_getBlockByNumber', 'latest', false) as Promise<{ baseFeePerGas?: unknown } | null>,
      ask('eth_maxPriorityFeePerGas').catch((error: unknown) => {
        if (error instanceof RpcRefusal) return undefined;
        throw error;
      }),
    ]);
    if (block?.baseFeePerGas !== undefined && block.baseFeePerGas !== null) {
      const least = parseQuantity(block.baseFeePerGas, 'baseFeePerGas');
      const maxPriorityFeePerGas =
        tip === undefined ? defaultTip : parseQuantity(tip, 'eth_maxPriorityFeePerGas');
      const maxFeePerGas = 2n * least + maxPriorityFeePerGas;
      const fees = { type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas } as const;
      return limitFees(fees, { policy, gas, least });
    }
  }
  const least = parseQuantity(await ask('eth_gasPrice'), 'eth_gasPrice');
  const fees = { type: 'legacy', gasPrice: adjustGasPrice(least) } as const;
  return limitFees(fees, { policy, gas, least });
}
