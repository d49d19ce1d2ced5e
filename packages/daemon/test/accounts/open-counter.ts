import { systemTimers, type Timers } from '../../src/accounts/account-ports.ts';
import { type CounterAccounts, openCounterAccounts } from '../../src/accounts/counter-accounts.ts';
import type { CounterCharge } from '../../src/accounts/counter-call.ts';
import { openOwnership } from '../../src/accounts/ownership.ts';
import { refuseStore } from '../../src/accounts/refusals.ts';
import { PaymentRefusal } from '../../src/call/payment-refusal.ts';
import { createCounters } from '../../src/observe/counters.ts';
import type { Store } from '../../src/store/store.ts';

/** The counters of one replica. */
export async function openTestCounters(
  store: Store,
  { timers = systemTimers }: { timers?: Timers } = {},
): Promise<CounterAccounts> {
  const ownership = await openOwnership({ store, timers });
  return openCounterAccounts({ store, ownership, timers, counters: createCounters() });
}

/** A call that takes `amount`, as long as the counter stays at or below `limit`. */
export function charge(amount: bigint, limit: bigint | undefined): CounterCharge {
  return {
    amount,
    limitOf: () => limit,
    refuseOver: ({ used }) => new PaymentRefusal(13, `over: ${used}`),
    refuseStore,
  };
}
