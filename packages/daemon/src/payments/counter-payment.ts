import type { CounterAccount } from '../accounts/counter-account.ts';
import type { CounterCall } from '../accounts/counter-call.ts';
import type { Payment } from './payment.ts';

/** The payment of a call that a counter has admitted: prepaid or free. */
export function counterPayment(
  account: CounterAccount,
  call: CounterCall,
  { payer, cogs, channelId }: { payer: string; cogs?: bigint; channelId?: bigint },
): Payment {
  return {
    payer,
    cogs,
    channelId,
    onLost: (listener) => {
      call.onLost = listener;
    },
    rollback: () => account.rollback(call),
    commit: () => account.commit(call),
    handOver: (how) => account.handOver(call, how),
    settle: () => account.settle(call),
    takeBack: () => account.takeBack(call),
  };
}
