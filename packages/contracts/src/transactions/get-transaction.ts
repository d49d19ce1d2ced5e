import type { Address, Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import type { Fees } from './fees/fees.ts';

/** A transaction as the chain knows it, waiting or mined. */
export interface ChainTransaction {
  readonly hash: Hex;
  readonly from: Address;
  /** The zero address for one that makes a contract. */
  readonly to: Address;
  readonly nonce: number;
  /** Wei. */
  readonly value: bigint;
  readonly data: Hex;
  readonly gas: bigint;
  readonly fees: Fees;
  readonly isMined: boolean;
}

/**
 * Looks a transaction up; undefined when the endpoint does not know it.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getTransaction(
  client: ChainClient,
  { hash, signal }: RequestOptions & { readonly hash: Hex },
): Promise<ChainTransaction | undefined> {
  const request = { method: 'eth_getTransactionByHash', params: [hash] };
  const result = await sendRequest(client, request, { signal });
  return result === null ? undefined : parseTransaction(result);
}

/** Reads a transaction of a JSON-RPC answer. */
export function parseTransaction(value: unknown): ChainTransaction {
  const fields = value as Readonly<Record<string, unknown>>;
  const read = (key: string) => parseQuantity(fields[key], `${key} of a transaction`);
  return {
    hash: fields['hash'] as Hex,
    from: fields['from'] as Address,
    to: (fields['to'] ?? `0x${'0'.repeat(40)}`) as Address,
    nonce: Number(read('nonce')),
    value: read('value'),
    data: fields['input'] as Hex,
    gas: read('gas'),
    fees: hasBaseFee(fields)
      ? {
          type: 'eip1559',
          maxFeePerGas: read('maxFeePerGas'),
          maxPriorityFeePerGas: read('maxPriorityFeePerGas'),
        }
      : { type: 'legacy', gasPrice: read('gasPrice') },
    isMined: (fields['blockNumber'] ?? null) !== null,
  };
}

function hasBaseFee(fields: Readonly<Record<string, unknown>>): boolean {
  return (fields['maxFeePerGas'] ?? null) !== null;
}
