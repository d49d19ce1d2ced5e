import { createClaims } from '../../../src/accounts/claims.ts';
import { channelKey } from '../../../src/accounts/read-record.ts';
import type { ChainView } from '../../../src/chain/chain-view.ts';
import { startClaim } from '../../../src/ledger/claim.ts';
import { decodeChannelRecord } from '../../../src/ledger/record-codec.ts';
import type { Store, StoredEntry } from '../../../src/store/store.ts';
import type { Mutant } from './mutant.ts';

/** Mutants of StartClaim. */
export const claimMutants: readonly Mutant[] = [
  {
    name: 'StartClaim drops the entries',
    scenarios: ['rough', 'retries'],
    plant: () => ({
      rules: {
        startClaim: (record, options) => {
          const started = startClaim(record, options);
          return { ...started, record: { ...started.record, entries: [] } };
        },
      },
    }),
  },
  {
    name: "claim's actual ignores open intervals",
    scenarios: ['gaps', 'poor'],
    plant: () => ({
      rules: {
        startClaim: (record, options) => {
          const started = startClaim(record, options);
          const actual = startClaim({ ...record, open: [] }, options).claim.actual;
          return { ...started, claim: { ...started.claim, actual } };
        },
      },
    }),
  },
  {
    name: 'second StartClaim before the first has landed',
    scenarios: ['poor-official', 'rough', 'outside'],
    plant: () => ({
      claims: (options) => {
        const { store, chain } = options;
        const honest = createClaims(options);
        // Takes the record's nonce for the chain's, and does not look for the first claim.
        const hasty = createClaims({
          ...options,
          store: { ...store, list: nothing },
          chain: trustRecord(chain, store),
        });
        return { ...honest, start: hasty.start };
      },
    }),
  },
];

async function* nothing(): AsyncGenerator<StoredEntry> {}

function trustRecord(chain: ChainView, store: Store): ChainView {
  return {
    ...chain,
    read: async (id) => {
      const channel = await chain.read(id);
      const stored = await store.get(channelKey(id));
      if (channel === undefined || stored === undefined) return channel;
      const { nonce } = decodeChannelRecord(stored.value, channelKey(id));
      return nonce > channel.nonce ? { ...channel, nonce } : channel;
    },
  };
}
