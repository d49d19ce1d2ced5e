import type { OwnCall } from '../../../src/accounts/own-call.ts';
import { methodsOf } from './methods-of.ts';
import type { Mutant } from './mutant.ts';

/** Mutants of the order in which commit, hand-over and taking back happen. */
export const effectMutants: readonly Mutant[] = [
  {
    name: 'hand over before the commit',
    scenarios: ['calm'],
    plant: () => ({
      account: (account) => ({
        ...methodsOf(account),
        commit: async (call) => {
          void account.commit(call).then(
            () => account.handOver(call, { streaming: false }),
            () => undefined,
          );
        },
        handOver: () => true,
      }),
    }),
  },
  {
    name: 'unknown and client left: call forgotten',
    scenarios: ['away', 'outages'],
    plant: () => ({
      account: (account) => ({
        ...methodsOf(account),
        commit: async (call) => {
          try {
            await account.commit(call);
          } catch (refusal) {
            if (call.phase === 'abandoned') {
              call.phase = 'upstream';
              account.rollback(call);
            }
            throw refusal;
          }
        },
      }),
    }),
  },
  {
    name: 'take-over without a store write',
    scenarios: ['retries', 'greed', 'three-replicas'],
    plant: () => ({
      account: (account) => ({
        ...methodsOf(account),
        commit: (call) => (call.takesOver ? Promise.resolve() : account.commit(call)),
        handOver: (call, how) => {
          if (!call.takesOver || call.phase !== 'upstream') return account.handOver(call, how);
          account.rollback(call);
          return true;
        },
      }),
    }),
  },
  {
    name: 'client leaves after commit: settled instead of un-committed',
    scenarios: ['calm'],
    plant: () => ({
      account: (account) => {
        const signals = new Map<OwnCall, AbortSignal>();
        return {
          ...methodsOf(account),
          begin: async (payment, options) => {
            const call = await account.begin(payment, options);
            signals.set(call, options.signal);
            return call;
          },
          takeBack: async (call) => {
            const isLeft = signals.get(call)?.aborted === true && call.phase === 'committed';
            if (isLeft) account.handOver(call, { streaming: false });
            else await account.takeBack(call);
          },
        };
      },
    }),
  },
  {
    name: 'failure status before the un-commit',
    scenarios: ['exact'],
    plant: () => ({
      account: (account) => ({
        ...methodsOf(account),
        takeBack: async (call) => {
          const taken = account.takeBack(call);
          if (call.phase !== 'undelivered') await taken;
        },
      }),
    }),
  },
];
