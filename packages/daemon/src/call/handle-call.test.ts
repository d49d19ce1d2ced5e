import { expect, test } from 'vitest';
import { openTestAccounts, payTo, readStoredRecord } from '../../test/accounts/open-account.ts';
import type { Payment } from '../payments/payment.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Exchange } from './exchange.ts';
import { handleCall } from './handle-call.ts';
import { type EndStatus, okStatus } from './status.ts';

interface TestExchange extends Exchange {
  readonly ends: EndStatus[];
  delivered: number;
}

/** A unary call whose answer arrives whole. */
function createExchange(): TestExchange {
  return {
    head: { path: '/test.Service/Call', metadata: {}, peer: { address: '127.0.0.1' } },
    forward: () => {},
    response: Promise.resolve('message'),
    done: Promise.resolve(okStatus),
    ended: okStatus,
    left: new AbortController().signal,
    ends: [],
    delivered: 0,
    release() {
      this.delivered += 1;
      return 'handed';
    },
    end(status) {
      this.ends.push(status);
    },
  };
}

test('behavior: an observer that throws takes nothing back from a call that was delivered', async () => {
  const store = createMemoryStore('test');
  const account = (await openTestAccounts({ store })).get(7n);
  const exchange = createExchange();
  const handled = handleCall(exchange, {
    admit: () => undefined,
    price: () => 1n,
    secretMetadata: new Set(),
    onFault: () => {},
    onEnd() {
      throw new Error('the log is full');
    },
    paymentType: () => ({
      name: 'test',
      async begin(_head, { signal }): Promise<Payment> {
        const call = await account.begin(payTo(1n), { signal });
        return {
          payer: undefined,
          rollback: () => account.rollback(call),
          commit: () => account.commit(call),
          handOver: (how) => account.handOver(call, how),
          settle: () => account.settle(call),
          takeBack: () => account.takeBack(call),
        };
      },
    }),
  });
  // Told to whoever runs the path of calls, after the call is over for its client.
  await expect(handled).rejects.toThrow(/^the log is full$/);
  expect(exchange.delivered).toBe(1);
  expect(exchange.ends).toEqual([okStatus]);
  await account.settleNow();
  expect(await readStoredRecord(store)).toMatchObject({ settledAmount: 1n, entries: [] });
});
