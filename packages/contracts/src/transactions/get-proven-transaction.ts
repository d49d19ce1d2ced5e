import { BaseError, concatBytes, equalBytes, type Hex, hexToBytes, keccak256 } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import { completeSignature } from '../signers/complete-signature.ts';
import { type ChainTransaction, parseTransaction } from './get-transaction.ts';

/**
 * Looks a transaction up and proves from its hash and signature that the endpoint tells what its sender
 * signed: who signs it anew must not sign what an endpoint invents. Undefined when the endpoint does not
 * know it.
 *
 * @throws BaseError `RPC_ANSWER_INVALID`, `RPC_...`, `ABORTED`
 */
export async function getProvenTransaction(
  client: ChainClient,
  { hash, signal }: RequestOptions & { readonly hash: Hex },
): Promise<ChainTransaction | undefined> {
  const request = { method: 'eth_getTransactionByHash', params: [hash] };
  const result = await sendRequest(client, request, { signal });
  if (result === null) return undefined;
  await prove(result, hash).catch(() => {
    const message = 'The endpoint tells of another transaction than it was asked for.';
    throw new BaseError('RPC_ANSWER_INVALID', message, {
      ...{ place: `transaction ${hash}`, hint: 'ask another endpoint' },
    });
  });
  return parseTransaction(result);
}

/** Throws, whatever is wrong with it. */
async function prove(result: unknown, hash: Hex): Promise<void> {
  // viem is slow to load, and most transactions are signed here.
  const { formatTransaction, serializeTransaction } = await import('viem/utils');
  const { r, s, v, yParity, input, ...fields } = formatTransaction(
    result as Parameters<typeof formatTransaction>[0],
  );
  // Its types cannot know which kind of transaction this is; what does not fit gives another hash.
  const content = { ...fields, data: input } as Parameters<typeof serializeTransaction>[0];
  const parts = { r, s, v, yParity } as Parameters<typeof serializeTransaction>[1];
  const found = keccak256(hexToBytes(serializeTransaction(content, parts)));
  if (!equalBytes(found, hexToBytes(hash))) throw new TypeError('another hash');
  completeSignature({
    hash: keccak256(hexToBytes(serializeTransaction(content))),
    signature: concatBytes(...[r, s].map(toWord)),
    ...{ address: fields.from, place: 'transaction' },
  });
}

function toWord(value: Hex): Uint8Array {
  return hexToBytes(`0x${value.slice(2).padStart(64, '0')}`);
}
