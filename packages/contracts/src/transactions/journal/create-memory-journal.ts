import { createQueues } from './create-queues.ts';
import type { JournalRecord } from './journal-record.ts';
import type { JournalAccount, TransactionJournal } from './transaction-journal.ts';

/** A journal in memory. */
export interface MemoryJournal extends TransactionJournal {
  isEmpty(): boolean;
}

/** A journal that ends with its process: for browsers, for tests, and where nothing must survive. */
export function createMemoryJournal(): MemoryJournal {
  const records = new Map<string, Map<string, JournalRecord>>();
  const queue = createQueues();
  const holder = crypto.randomUUID();
  const open = (account: JournalAccount) => {
    const name = nameOf(account);
    const found = records.get(name) ?? new Map<string, JournalRecord>();
    records.set(name, found);
    return found;
  };
  return {
    holder,
    isHolderAlive: (other) => other === holder,
    lock: (account, options, work) => queue(nameOf(account), options, work),
    async update(account, id, change) {
      const found = open(account);
      const { record, result } = change(found.get(id));
      if (record === null) found.delete(id);
      else if (record !== undefined) found.set(id, record);
      return result;
    },
    get: async (account, id) => open(account).get(id),
    list: async (account) => [...open(account).values()],
    isEmpty: () => [...records.values()].every((found) => found.size === 0),
    close: async () => {},
  };
}

function nameOf({ chainId, address }: JournalAccount): string {
  return `${chainId}/${address.toLowerCase()}`;
}
