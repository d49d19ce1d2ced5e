import type { DiscoveryCursor } from '@snetkit/contracts';
import type { ChannelKey, ClientLedger, SearchKey } from './client-ledger.ts';
import type { LedgerRecord } from './ledger-record.ts';

/**
 * A ledger that ends with its process: for tests, and for programs that accept to ask the daemon for
 * the state of their channels at every start.
 */
export function createMemoryLedger(): ClientLedger {
  const records = new Map<string, LedgerRecord>();
  const searches = new Map<string, DiscoveryCursor>();
  const nameSearch = ({ chainId, mpe, filter }: SearchKey) =>
    `${chainId}/${mpe.toLowerCase()}/${filter}`;
  const holder = crypto.randomUUID();
  const nameOf = ({ chainId, mpe, channelId }: ChannelKey) =>
    `${chainId}/${mpe.toLowerCase()}/${channelId}`;
  return {
    holder,
    isHolderAlive: (other) => other === holder,
    async update(key, change) {
      const { record, result } = change(records.get(nameOf(key)));
      if (record !== undefined) records.set(nameOf(key), record);
      return result;
    },
    get: async (key) => records.get(nameOf(key)),
    async list({ chainId, mpe }) {
      const prefix = `${chainId}/${mpe.toLowerCase()}/`;
      return [...records].filter(([name]) => name.startsWith(prefix)).map(([, record]) => record);
    },
    searches: {
      get: async (key) => searches.get(nameSearch(key)),
      set: async (key, cursor) => void searches.set(nameSearch(key), cursor),
    },
    close: async () => {},
  };
}
