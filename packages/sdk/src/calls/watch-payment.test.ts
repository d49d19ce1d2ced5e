import type { CallEnd, PaymentReceipt, PaymentStrategy } from '@snetkit/payments';
import { expect, test } from 'vitest';
import { watchPayment } from './watch-payment.ts';

const receipt: PaymentReceipt = { type: 'escrow', price: 5n, channelId: 1n };
const call = { path: '/a.B/c', isReplayable: true };

/** A strategy that notes how its attempts end. */
function createStrategy({ endsAfter = Promise.resolve() }: { endsAfter?: Promise<void> } = {}) {
  const ends: CallEnd[] = [];
  const strategy: PaymentStrategy = {
    name: 'escrow',
    getPrice: async () => 5n,
    pay: () => ({
      attempt: async () => ({
        headers: [],
        receipt,
        end: async (end) => {
          ends.push(end);
          await endsAfter;
          return end.kind === 'served' ? 'final' : 'retry';
        },
      }),
    }),
  };
  return { ends, strategy };
}

test('default', async () => {
  const { ends, strategy } = createStrategy();
  const told: PaymentReceipt[] = [];
  const payment = watchPayment(strategy, (one) => told.push(one));
  const attempt = await payment.strategy.pay(call).attempt();
  expect(await attempt.end({ kind: 'served' })).toBe('final');
  expect(told).toEqual([receipt]);
  expect(ends).toEqual([{ kind: 'served' }]);
});

test('behavior: a reader who leaves ends the payment as served, once', async () => {
  const { ends, strategy } = createStrategy();
  const told: PaymentReceipt[] = [];
  const payment = watchPayment(strategy, (one) => told.push(one));
  const attempt = await payment.strategy.pay(call).attempt();
  await payment.leave();
  await payment.leave();
  expect(await attempt.end({ kind: 'served' })).toBe('final');
  expect(ends).toEqual([{ kind: 'served' }]);
  expect(told).toEqual([receipt]);
});

test('behavior: who leaves while the payment ends finds everybody told', async () => {
  const { promise: endsAfter, resolve } = Promise.withResolvers<void>();
  const { strategy } = createStrategy({ endsAfter });
  const told: PaymentReceipt[] = [];
  const payment = watchPayment(strategy, (one) => told.push(one));
  const attempt = await payment.strategy.pay(call).attempt();
  const ending = attempt.end({ kind: 'served' });
  let hasLeft = false;
  const leaving = payment.leave().then(() => {
    hasLeft = true;
  });
  await new Promise(setImmediate);
  expect(hasLeft).toBe(false);
  resolve();
  await leaving;
  expect(told).toEqual([receipt]);
  expect(await ending).toBe('final');
});

test('behavior: an attempt that fails is not told; the next one is', async () => {
  const { strategy } = createStrategy();
  const told: PaymentReceipt[] = [];
  const payment = watchPayment(strategy, (one) => told.push(one));
  const paid = payment.strategy.pay(call);
  const failure = { kind: 'inDoubt', status: undefined } as const;
  const first = await paid.attempt();
  expect(await first.end({ kind: 'failed', failure, afterFirstMessage: false })).toBe('retry');
  expect(told).toEqual([]);
  await (await paid.attempt()).end({ kind: 'served' });
  expect(told).toEqual([receipt]);
});

test('behavior: who leaves before anything was sent ends nothing', async () => {
  const { ends, strategy } = createStrategy();
  await watchPayment(strategy, () => {}).leave();
  expect(ends).toEqual([]);
});
