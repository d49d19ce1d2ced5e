import { BaseError } from '@snetkit/core';
import type { CallEnd, PaymentAttempt, PaymentReceipt, PaymentStrategy } from '@snetkit/payments';

/** What was paid for a call, as far as it is known. */
export interface PaymentResult {
  /** The last sending; undefined when nothing was signed. */
  readonly attempt: PaymentAttempt | undefined;
  readonly charged: 'yes' | 'no' | 'unknown';
}

/** The payment of one call, seen from outside of the transport. */
export interface WatchedPayment {
  /** To pay this call with, and no other. */
  readonly strategy: PaymentStrategy;
  /**
   * Ends the payment of a call whose reader left after it had got a message: that is charged. The
   * transport tells nobody of such a reader, and the payment would stay open.
   */
  leave(): Promise<void>;
  getResult(): PaymentResult;
}

/** Makes the payment of one call watchable; `onPayment` is told once, when it is charged. */
export function watchPayment(
  strategy: PaymentStrategy,
  onPayment: (receipt: PaymentReceipt) => void,
): WatchedPayment {
  let current: PaymentAttempt | undefined;
  let charged: PaymentResult['charged'] = 'no';
  let isTold = false;
  function watch(attempt: PaymentAttempt): PaymentAttempt {
    // Before it signs another amount, a strategy knows what became of the one before.
    if (current?.receipt.amount !== attempt.receipt.amount) charged = 'no';
    let ending: ReturnType<PaymentAttempt['end']> | undefined;
    async function endOnce(end: CallEnd) {
      const after = await attempt.end(end);
      if (end.kind === 'served' || isAnswerLost(after)) charged = 'yes';
      else if (isDoubtful(end)) charged = 'unknown';
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
    getResult: () => ({ attempt: current, charged }),
  };
}

function isAnswerLost(after: unknown): boolean {
  return after instanceof BaseError && after.code === 'PAYMENT_ANSWER_LOST';
}

/** No answer came, or one that leaves open whether the charge was taken back. */
function isDoubtful(end: CallEnd): boolean {
  if (end.kind === 'served') return false;
  const { kind, status } = end.failure;
  if (!end.afterFirstMessage) return kind === 'inDoubt';
  return status === undefined || status.code === 1 || status.code === 4;
}
