import type { ChainClient } from '../../rpc/create-chain-client.ts';
import type { TransactionJournal } from './transaction-journal.ts';

const journals = new WeakMap<ChainClient, () => TransactionJournal>();

/** Gives a client the journal of all transactions that are sent with it; opened when it is first needed. */
export function giveJournal(client: ChainClient, open: () => TransactionJournal): void {
  journals.set(client, open);
}

/**
 * The journal that a client was made with, if it has one.
 *
 * @throws BaseError as opening it does
 */
export function getClientJournal(client: ChainClient): TransactionJournal | undefined {
  return journals.get(client)?.();
}
