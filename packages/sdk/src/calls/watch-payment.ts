import type { PaymentAttempt, PaymentReceipt, PaymentStrategy } from '@snetkit/payments';

/** The payment of one call, seen from outside of the transport. */
export interface WatchedPayment {
  /** To pay this call with, and no other. */
  readonly strategy: PaymentStrategy;
  /**
   * Ends the payment of a call whose reader left after it had got a message: that is charged. The
   * transport tells nobody of such a reader, and the payment would stay open.
   */
  leave(): Promise<void>;
}

/** Makes the payment of one call watchable; `onPayment` is told once, when it is charged. */
export function watchPayment(
  strategy: PaymentStrategy,
  onPayment: (receipt: PaymentReceipt) => void,
): WatchedPayment {
  let current: PaymentAttempt | undefined;
  let isTold = false;
  function watch(attempt: PaymentAttempt): PaymentAttempt {
    let ending: ReturnType<PaymentAttempt['end']> | undefined;
    async function endOnce(end: Parameters<PaymentAttempt['end']>[0]) {
      const after = await attempt.end(end);
      if (end.kind === 'served' && !isTold) {
        isTold = true;
        onPayment(attempt.receipt);
      }
      return after;
    }
    return {
      ...attempt,
      async end(end) {
        if (ending === undefined) {
          ending = endOnce(end);
          return ending;
        }
        // Who comes second must find everybody told.
        await ending;
        return 'final';
      },
    };
  }
  return {
    strategy: {
      name: strategy.name,
      getPrice: (path) => strategy.getPrice(path),
      pay(call) {
        const payment = strategy.pay(call);
        return {
          async attempt() {
            current = watch(await payment.attempt());
            return current;
          },
        };
      },
    },
    leave: async () => {
      await current?.end({ kind: 'served' });
    },
  };
}
