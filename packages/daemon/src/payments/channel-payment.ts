import type { ChannelAccount } from '../accounts/channel-account.ts';
import type { OwnCall } from '../accounts/own-call.ts';
import type { Payment } from './payment.ts';

/** The payment of a call that a channel has admitted: escrow, or training. */
export function channelPayment(
  account: ChannelAccount,
  call: OwnCall,
  { payer, channelId }: { payer: string | undefined; channelId?: bigint },
): Payment {
  return {
    payer,
    channelId,
    signed: call.payment,
    get cogs() {
      return call.takesOver ? undefined : call.payment.price;
    },
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
