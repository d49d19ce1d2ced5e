import type { CounterAccounts } from '../../src/accounts/counter-accounts.ts';
import type { CounterCharge } from '../../src/accounts/counter-call.ts';
import { freeCallKey, prepaidKey } from '../../src/accounts/counter-key.ts';
import { PaymentRefusal } from '../../src/call/payment-refusal.ts';
import type { CounterRecord } from '../../src/ledger/counter.ts';
import { counterPayment } from '../../src/payments/counter-payment.ts';
import type { PaymentType } from '../../src/payments/payment.ts';
import type { Plant } from './mutants/mutant.ts';
import { clientAddress } from './simulated-signatures.ts';

/** The two kinds of counters. */
export type CounterKind = 'prepaid' | 'free';

/** Free calls that each user has. */
const freeCalls = 4n;

/** Key of the counter that a channel's client uses. */
export function counterKeyOf(kind: CounterKind, channelId: bigint): string {
  if (kind === 'prepaid') return prepaidKey(channelId);
  return freeCallKey({ serviceId: 'simulated', address: clientAddress, userId: `${channelId}` });
}

/** How far a counter may go. */
export function limitOf(kind: CounterKind, { planned }: CounterRecord): bigint {
  return kind === 'prepaid' ? planned : freeCalls;
}

/** The refusal of a call beyond the limit. */
export const overText = 'internal error: the counter is used up';

/** Prepaid and free calls without the parts that need a token. */
export function payByCounter(
  counters: CounterAccounts,
  options: { kind: CounterKind; channelId: bigint; plant: Plant },
): PaymentType {
  const { kind, channelId, plant } = options;
  return {
    name: kind,
    async begin(_head, { price }) {
      const charge: CounterCharge = {
        amount: await price(),
        limitOf: (record) => limitOf(kind, record),
        refuseOver: () => new PaymentRefusal(13, overText),
        refuseStore: (cause) =>
          new PaymentRefusal(13, 'unable to store new payment channel state', { cause }),
      };
      const account = counters.get(counterKeyOf(kind, channelId));
      const planted = plant.counter?.(account) ?? account;
      const call = await planted.begin(charge);
      return counterPayment(planted as typeof account, call, { payer: clientAddress });
    },
  };
}
