import type { Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { getReceipt } from '../transactions/get-receipt.ts';

/** Which deployment is asked for. */
export interface GetDeploymentBlockOptions extends RequestOptions {
  /** Hash of the transaction that deployed the contract (`deploymentTransaction` of a stand). */
  readonly transactionHash: Hex;
}

/**
 * The block in which a contract was deployed: no event of it is older. Undefined when the chain does
 * not know the transaction.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getDeploymentBlock(
  client: ChainClient,
  { transactionHash, signal }: GetDeploymentBlockOptions,
): Promise<bigint | undefined> {
  return (await getReceipt(client, { hash: transactionHash, signal }))?.blockNumber;
}
