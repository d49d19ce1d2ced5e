import type { Address } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { formatQuantity, parseQuantity } from '../rpc/quantity.ts';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import { type ChainTransaction, parseTransaction } from './get-transaction.ts';
import { getTransactionCount } from './get-transaction-count.ts';

/** Which nonce of whom. */
export interface FindNonceTakerOptions extends RequestOptions {
  readonly address: Address;
  readonly nonce: number;
}

/**
 * The mined transaction that has a nonce. That it is found is a proof: "there is no receipt" may
 * come from an endpoint that is behind. Undefined when the nonce is not used up, or when the endpoint
 * has forgotten the state of that time.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function findNonceTaker(
  client: ChainClient,
  { address, nonce, signal }: FindNonceTakerOptions,
): Promise<ChainTransaction | undefined> {
  const isUsedAt = async (block: bigint) =>
    (await getTransactionCount(client, { address, block: formatQuantity(block), signal })) > nonce;
  try {
    const answer = await sendRequest(client, { method: 'eth_blockNumber', params: [] }, { signal });
    let used = parseQuantity(answer, 'eth_blockNumber');
    if (!(await isUsedAt(used))) return undefined;
    // Back in growing steps to a block before it, then halving.
    let unused = -1n;
    for (let step = 1n; used - step >= 0n; step *= 2n) {
      if (!(await isUsedAt(used - step))) {
        unused = used - step;
        break;
      }
      used -= step;
    }
    while (used - unused > 1n) {
      const middle = (used + unused) / 2n;
      if (await isUsedAt(middle)) used = middle;
      else unused = middle;
    }
    return await findInBlock(client, { address, nonce, block: used, signal });
  } catch (error) {
    if (error instanceof RpcRefusal) return undefined;
    throw error;
  }
}

async function findInBlock(
  client: ChainClient,
  { address, nonce, block, signal }: FindNonceTakerOptions & { block: bigint },
): Promise<ChainTransaction | undefined> {
  const request = { method: 'eth_getBlockByNumber', params: [formatQuantity(block), true] };
  const found = (await sendRequest(client, request, { signal })) as {
    transactions?: readonly { from?: unknown; nonce?: unknown }[];
  } | null;
  const one = found?.transactions?.find(
    (candidate) =>
      String(candidate.from).toLowerCase() === address.toLowerCase() &&
      Number(candidate.nonce) === nonce,
  );
  return one && parseTransaction(one);
}
