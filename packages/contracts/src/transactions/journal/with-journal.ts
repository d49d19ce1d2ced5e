import type { ChainClient } from '../../rpc/create-chain-client.ts';
import { getEndpointName } from '../../rpc/endpoint-name.ts';
import { getClientJournal } from './client-journal.ts';
import { createMemoryJournal, type MemoryJournal } from './create-memory-journal.ts';
import type { TransactionJournal } from './transaction-journal.ts';

const journals = new Map<string, { readonly journal: MemoryJournal; users: number }>();

/**
 * Lends the journal of the caller to `use`, or else that of the client, or else the one in memory that
 * all clients of an endpoint share. That is forgotten when nobody uses it and nothing is in it.
 */
export async function withJournal<T>(
  client: ChainClient,
  given: TransactionJournal | undefined,
  use: (journal: TransactionJournal) => Promise<T>,
): Promise<T> {
  const journal = given ?? getClientJournal(client);
  if (journal) return use(journal);
  const name = getEndpointName(client);
  const own = journals.get(name) ?? { journal: createMemoryJournal(), users: 0 };
  journals.set(name, own);
  own.users += 1;
  try {
    return await use(own.journal);
  } finally {
    own.users -= 1;
    if (own.users === 0 && own.journal.isEmpty()) journals.delete(name);
  }
}

/** Whether anything can be in the journal that {@link withJournal} would lend. */
export function hasJournal(client: ChainClient, given: TransactionJournal | undefined): boolean {
  return (given ?? getClientJournal(client)) !== undefined || journals.has(getEndpointName(client));
}
