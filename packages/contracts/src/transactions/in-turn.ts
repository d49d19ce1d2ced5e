import type { ChainClient } from '../rpc/create-chain-client.ts';
import { getEndpointName } from '../rpc/endpoint-name.ts';
import { createQueues } from './journal/create-queues.ts';
import type { TransactionOptions } from './transaction-options.ts';

const queue = createQueues();

/** What is shared by those that take turns. */
export interface InTurnOptions extends TransactionOptions {
  /** An allowance or a balance, for example. */
  readonly name: string;
}

/**
 * Does work that reads an amount from the chain, adds what is missing and spends it: one after the
 * other in this process, because each would count on what the other is about to spend.
 *
 * @throws BaseError `TIMED_OUT`, `ABORTED`; what the work throws
 */
export function inTurn<T>(
  client: ChainClient,
  { name, timeoutMs = 180_000, signal }: InTurnOptions,
  work: () => Promise<T>,
): Promise<T> {
  return queue(`${getEndpointName(client)} ${name.toLowerCase()}`, { timeoutMs, signal }, work);
}
