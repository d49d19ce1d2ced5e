import type { ChannelAccount } from '../../src/accounts/channel-account.ts';
import type { CounterAccount } from '../../src/accounts/counter-account.ts';
import type { CallPorts } from '../../src/call/handle-call.ts';
import { channelPayment } from '../../src/payments/channel-payment.ts';
import { counterPayment } from '../../src/payments/counter-payment.ts';
import type { PaymentType } from '../../src/payments/payment.ts';
import { payTo } from './open-account.ts';
import { charge } from './open-counter.ts';

/** The path of a call that is paid in one way, whatever its headers say. */
export function payPath(type: PaymentType): CallPorts {
  return {
    admit: () => undefined,
    admitPayer: () => undefined,
    price: () => 1n,
    secretMetadata: new Set(),
    onFault(fault) {
      throw fault;
    },
    paymentType: () => type,
  };
}

/** Every call presents the same payment of one cog. */
export function payOnce(account: ChannelAccount): PaymentType {
  return {
    name: 'test',
    async begin(_head, { signal }) {
      const call = await account.begin(payTo(1n), { signal });
      return channelPayment(account, call, { payer: undefined });
    },
  };
}

/** Every call takes one of ten. */
export function takeOne(account: CounterAccount): PaymentType {
  return {
    name: 'test',
    async begin() {
      return counterPayment(account, await account.begin(charge(1n, 10n)), { payer: '0x' });
    },
  };
}
