import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which token. */
export interface IsTokenPausedOptions extends RequestOptions {
  readonly token: Address;
}

/**
 * Whether transfers of a token are stopped: no deposit and no withdrawal is possible then (`paused`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export function isTokenPaused(
  client: ChainClient,
  { token: address, signal }: IsTokenPausedOptions,
): Promise<boolean> {
  return readContract(client, { address, call: tokenContract.read('paused', []), signal });
}
