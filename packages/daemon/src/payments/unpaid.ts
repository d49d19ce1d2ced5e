import type { Payment, PaymentType } from './payment.ts';

const free: Payment = {
  payer: undefined,
  rollback() {},
  async commit() {},
  handOver: () => true,
  settle() {},
  async takeBack() {},
};

/** No payment at all: the blockchain is switched off (daemon.md, section 4.6, last sentence). */
export const unpaid: PaymentType = {
  name: 'unpaid',
  async begin(_head, { admit }) {
    admit(undefined);
    return free;
  },
};
