import type { Address, Token } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which token. */
export interface GetTokenInfoOptions extends RequestOptions {
  readonly token: Address;
}

/**
 * Symbol and decimals of a token, as amounts need them (`symbol`, `decimals`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function getTokenInfo(
  client: ChainClient,
  { token: address, signal }: GetTokenInfoOptions,
): Promise<Token> {
  const [symbol, decimals] = await Promise.all([
    readContract(client, { address, call: tokenContract.read('symbol', []), signal }),
    readContract(client, { address, call: tokenContract.read('decimals', []), signal }),
  ]);
  return { symbol, decimals };
}
