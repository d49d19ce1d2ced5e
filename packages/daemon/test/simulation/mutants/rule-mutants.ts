import { commitCall } from '../../../src/ledger/commit.ts';
import { addInterval, intervalOf } from '../../../src/ledger/intervals.ts';
import { overlapsConsumed } from '../../../src/ledger/judge.ts';
import { keep, type OwnEnd } from '../../../src/ledger/keep.ts';
import { getLimit } from '../../../src/ledger/limit.ts';
import type { ChannelRecord, Entry } from '../../../src/ledger/record.ts';
import type { LedgerRules } from '../../../src/ledger/rules.ts';
import { settle, takeBack } from '../../../src/ledger/settle.ts';
import { getTop } from '../../../src/ledger/top.ts';
import type { Mutant } from './mutant.ts';

/** Mutants of the pure rules of calls. */
export const ruleMutants: readonly Mutant[] = [
  {
    name: 'no call number: "my interval is consumed, so it was me"',
    scenarios: ['greed', 'three-replicas'],
    plant: () => {
      let isInDoubt = false;
      return {
        store: (store) => ({
          ...store,
          commit: async (items) => {
            const outcomes = await store.commit(items);
            isInDoubt ||= outcomes.some(({ outcome }) => outcome === 'unknown');
            return outcomes;
          },
        }),
        rules: {
          commitCall: (record, call, circumstances) => {
            const isConsumed =
              call.nonce === record.nonce && overlapsConsumed(record, intervalOf(call));
            if (isInDoubt && isConsumed) return { kind: 'done', record };
            return commitCall(record, call, circumstances);
          },
        },
      };
    },
  },
  {
    name: 'failed take-over reopens the interval',
    scenarios: ['take-overs', 'greed'],
    plant: () => ({
      rules: {
        keep: (record, owner, ends) =>
          keep(
            record,
            owner,
            mapEnds(ends, (end) => (end === 'orphan' ? 'takeBack' : end)),
          ),
      },
    }),
  },
  {
    name: "entries cleared by anybody's next commit",
    scenarios: ['rough', 'three-replicas'],
    plant: () => ({
      rules: {
        keep: (record, owner, ends) => {
          const kept = keep(record, owner, ends);
          return kept.entries.filter((entry) => entry.owner !== owner).reduce(settle, kept);
        },
      },
    }),
  },
  {
    name: 'un-commit without looking whether the own entry is there',
    scenarios: ['outages', 'rough', 'channels'],
    plant: () => {
      const committed = new Map<string, Entry>();
      const nameOf = (owner: string, call: bigint) => `${owner}/${call}`;
      return {
        rules: {
          commitCall: (record, call, circumstances) => {
            committed.set(nameOf(call.owner, call.call), call);
            return commitCall(record, call, circumstances);
          },
          keep: (record, owner, ends) => {
            let kept = keep(record, owner, ends);
            for (const [call, end] of ends) {
              const entry = committed.get(nameOf(owner, call));
              const isThere = record.entries.some(
                (other) => other.owner === owner && other.call === call,
              );
              if (end === 'takeBack' && entry !== undefined && !isThere) {
                kept = takeBack({ ...kept, entries: [...kept.entries, entry] }, entry);
              }
            }
            return kept;
          },
        },
      };
    },
  },
  {
    name: 'nonce not checked at commit',
    scenarios: ['rough', 'outside', 'retries'],
    plant: () => ({
      rules: {
        commitCall: (record, call, circumstances) => {
          const result = commitCall({ ...record, nonce: call.nonce }, call, circumstances);
          if (result.kind === 'refused') return result;
          return { ...result, record: { ...result.record, nonce: record.nonce } };
        },
      },
    }),
  },
  {
    name: 'higher commit forgets the gap',
    scenarios: ['gaps', 'ahead'],
    plant: () => ({
      rules: {
        commitCall: (record, call, circumstances) => {
          const result = commitCall(record, call, circumstances);
          const isHigher = result.kind === 'applied' && call.amount > getTop(record).amount;
          if (!isHigher) return result;
          return { ...result, record: { ...result.record, open: record.open } };
        },
      },
    }),
  },
  {
    name: 'un-commit leaves the top',
    scenarios: ['exact', 'calm'],
    plant: () => ({
      rules: {
        keep: keepWith((record, entry) => {
          if (entry.nonce !== record.nonce) return takeBack(record, entry);
          const isTop = entry.amount > record.settledAmount;
          return {
            ...record,
            entries: record.entries.filter((other) => other !== entry),
            open: addInterval(record.open, intervalOf(entry)),
            settledAmount: isTop ? entry.amount : record.settledAmount,
            settledSignature: isTop ? entry.signature : record.settledSignature,
          };
        }),
      },
    }),
  },
  {
    name: 'settle keeps the older signature',
    scenarios: ['calm'],
    plant: () => ({
      rules: {
        keep: (record, owner, ends) => {
          const kept = keep(record, owner, ends);
          const isFirst = record.settledSignature.length === 0 || kept.nonce !== record.nonce;
          return isFirst ? kept : { ...kept, settledSignature: record.settledSignature };
        },
      },
    }),
  },
  {
    name: 'un-commit after StartClaim opens an interval of the new nonce',
    scenarios: ['rough', 'retries', 'outside'],
    plant: () => ({
      rules: {
        keep: keepWith((record, entry) => {
          const moved = { ...entry, nonce: record.nonce };
          const entries = record.entries.map((other) => (other === entry ? moved : other));
          return takeBack({ ...record, entries }, moved);
        }),
      },
    }),
  },
  {
    name: 'un-commit after StartClaim gives no credit',
    scenarios: ['rough', 'retries', 'outside'],
    plant: () => ({
      rules: {
        keep: keepWith((record, entry) => ({ ...takeBack(record, entry), credit: record.credit })),
      },
    }),
  },
  {
    name: 'limit ignores the claim in progress',
    scenarios: ['poor-official', 'poor'],
    plant: () => ({
      rules: {
        getLimit: (record, chain, claim) =>
          getLimit(record, chain, claim) === undefined ? undefined : chain.value,
      },
    }),
  },
];

function mapEnds(
  ends: ReadonlyMap<bigint, OwnEnd>,
  change: (end: OwnEnd) => OwnEnd,
): Map<bigint, OwnEnd> {
  return new Map([...ends].map(([call, end]) => [call, change(end)]));
}

/** The rule `keep` with another way of taking back. */
function keepWith(
  takeBackWrongly: (record: ChannelRecord, entry: Entry) => ChannelRecord,
): LedgerRules['keep'] {
  return (record, owner, ends) => {
    let kept = keep(record, owner, new Map([...ends].filter(([, end]) => end !== 'takeBack')));
    for (const entry of kept.entries) {
      if (entry.owner === owner && ends.get(entry.call) === 'takeBack') {
        kept = takeBackWrongly(kept, entry);
      }
    }
    return kept;
  };
}
