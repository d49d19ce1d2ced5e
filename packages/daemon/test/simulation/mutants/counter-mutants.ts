import { changeCounter } from '../../../src/ledger/counter.ts';
import type { CallCounter, Mutant } from './mutant.ts';
import { storeMutants } from './store-mutants.ts';

const scenarios = ['free-calls', 'tokens'];

/** Mutants of prepaid and free-call counters. */
export const counterMutants: readonly Mutant[] = [
  {
    name: 'counters: hand over first',
    scenarios,
    plant: () => ({
      counter: (counter) => ({
        ...methodsOf(counter),
        commit: async (call) => {
          void counter.commit(call).then(
            () => counter.handOver(call, { streaming: false }),
            () => undefined,
          );
        },
        handOver: () => true,
      }),
    }),
  },
  onCounters('unknown = failure', 'unknown outcome = failure, no fence'),
  onCounters('unknown = success', 'unknown outcome = success'),
  {
    name: 'counters: no mark',
    scenarios,
    plant: () => ({
      rules: {
        hasApplied: () => false,
        changeCounter: (record, change, circumstances) => ({
          ...changeCounter(record, change, circumstances),
          marks: [],
        }),
      },
    }),
  },
  {
    name: 'counters: no re-check on conflict',
    scenarios,
    plant: () => ({
      counter: (counter) => ({
        ...methodsOf(counter),
        begin: async (charge) => {
          let isAdmitted = false;
          const call = await counter.begin({
            ...charge,
            limitOf: (record) => (isAdmitted ? undefined : charge.limitOf(record)),
          });
          isAdmitted = true;
          return call;
        },
      }),
    }),
  },
  {
    name: 'counters: blind undo',
    scenarios,
    plant: () => ({
      counter: (counter) => ({
        ...methodsOf(counter),
        commit: async (call) => {
          try {
            await counter.commit(call);
          } catch (refusal) {
            if (call.phase === 'abandoned') call.phase = 'undelivered';
            throw refusal;
          }
        },
      }),
    }),
  },
];

/** What is wrong for channels is wrong for counters. */
function onCounters(name: string, ofChannels: string): Mutant {
  const mutant = storeMutants.find((other) => other.name === ofChannels);
  if (mutant === undefined) throw new Error(`there is no mutant ${ofChannels}`);
  return { name: `counters: ${name}`, scenarios, plant: mutant.plant };
}

function methodsOf(counter: CallCounter): CallCounter {
  return {
    begin: (charge) => counter.begin(charge),
    rollback: (call) => counter.rollback(call),
    commit: (call) => counter.commit(call),
    handOver: (call, how) => counter.handOver(call, how),
    settle: (call) => counter.settle(call),
    takeBack: (call) => counter.takeBack(call),
  };
}
