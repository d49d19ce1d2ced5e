import type { Address, Hex } from '@snetkit/core';
import { getChainId } from '../blocks/get-chain-id.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import type { ChainAccount } from './journal/journal-record.ts';

/** Whose account. */
export interface GetChainAccountOptions extends RequestOptions {
  readonly address: Address;
}

/**
 * Names an account together with the chain that the client reaches.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getChainAccount(
  client: ChainClient,
  { address, signal }: GetChainAccountOptions,
): Promise<ChainAccount> {
  const [chainId, genesis] = await Promise.all([
    getChainId(client, { signal }),
    getGenesis(client, { signal }),
  ]);
  return { chainId, genesis, address };
}

async function getGenesis(client: ChainClient, { signal }: RequestOptions): Promise<Hex> {
  const request = { method: 'eth_getBlockByNumber', params: ['0x0', false] };
  try {
    const block = (await sendRequest(client, request, { signal })) as { hash?: unknown } | null;
    return typeof block?.hash === 'string' ? (block.hash as Hex) : '0x';
  } catch (error) {
    // Some endpoints serve no old blocks: then chains are told apart by their ids alone.
    if (error instanceof RpcRefusal) return '0x';
    throw error;
  }
}
