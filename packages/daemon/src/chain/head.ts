import type { ChainClient } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import { sendChainRequest } from './send-chain-request.ts';

/** The newest block that the chain told of. */
export interface Head {
  readonly number: bigint;
  /** 32 bytes as hex with 0x. */
  readonly hash: string;
  readonly parentHash: string;
}

/**
 * Number and hashes of a block, with one `eth_getBlockByNumber`; undefined when there is none.
 *
 * @throws BaseError `RPC_...`
 */
export async function readHead(
  client: ChainClient,
  block: bigint | 'latest',
  options: { signal?: AbortSignal } = {},
): Promise<Head | undefined> {
  const tag = block === 'latest' ? block : `0x${block.toString(16)}`;
  const request = { method: 'eth_getBlockByNumber', params: [tag, false] };
  const answer = await sendChainRequest(client, request, options);
  if (answer === null) return undefined;
  const { number, hash, parentHash } = answer as Record<string, unknown>;
  if (!isQuantity(number) || !isHash(hash) || !isHash(parentHash)) {
    throw new BaseError('RPC_ANSWER_INVALID', 'The chain answered no block.', {
      place: 'eth_getBlockByNumber',
      expected: 'number, hash and parentHash',
    });
  }
  return { number: BigInt(number), hash, parentHash };
}

function isQuantity(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/i.test(value);
}
