import type { CallAccount } from './mutant.ts';

/** An account's methods as calls use them, so that some of them can be replaced. */
export function methodsOf(account: CallAccount): CallAccount {
  return {
    begin: (payment, options) => account.begin(payment, options),
    rollback: (call) => account.rollback(call),
    commit: (call) => account.commit(call),
    handOver: (call, how) => account.handOver(call, how),
    settle: (call) => account.settle(call),
    takeBack: (call) => account.takeBack(call),
  };
}
