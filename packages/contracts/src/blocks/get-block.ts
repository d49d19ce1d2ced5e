import { BaseError, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { formatQuantity, parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';

/** A block, by number and hash: the same number may come to have another hash. */
export interface BlockId {
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
}

/** Which block. */
export interface GetBlockOptions extends RequestOptions {
  /** The latest one when not given. */
  readonly blockNumber?: bigint | undefined;
}

/**
 * Number and hash of a block; undefined when the chain has no such block (yet).
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getBlock(
  client: ChainClient,
  { blockNumber, signal }: GetBlockOptions = {},
): Promise<BlockId | undefined> {
  const block = blockNumber === undefined ? 'latest' : formatQuantity(blockNumber);
  const request = { method: 'eth_getBlockByNumber', params: [block, false] };
  const result = (await sendRequest(client, request, { signal })) as Readonly<
    Record<string, unknown>
  > | null;
  if (result === null) return undefined;
  const { number, hash } = result;
  if (typeof hash !== 'string' || !/^0x[0-9a-fA-F]{64}$/.test(hash)) {
    throw new BaseError('RPC_ANSWER_INVALID', 'The chain answered no block.', {
      expected: 'a block with number and hash',
    });
  }
  return {
    blockNumber: parseQuantity(number, 'the number of a block'),
    blockHash: hash.toLowerCase() as Hex,
  };
}
