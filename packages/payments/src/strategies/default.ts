import { BaseError } from '@snetkit/core';
import type { FreeCallStrategy } from './free-call.ts';
import type { PaidStrategy } from './paid.ts';
import type {
  AfterEnd,
  CallPayment,
  CallToPay,
  PaymentAttempt,
  PaymentStrategy,
} from './payment-strategy.ts';
import type { PrepaidStrategy } from './prepaid-call.ts';

/** What the default strategy chooses from. */
export interface DefaultStrategyOptions {
  /** Left out where the provider gives no calls away. */
  readonly free?: FreeCallStrategy | undefined;
  readonly paid: PaidStrategy;
  /** Left out where calls shall take turns rather than be bought beforehand. */
  readonly prepaid?: PrepaidStrategy | undefined;
}

/** The default strategy, and how to end it. */
export interface DefaultStrategy extends PaymentStrategy {
  /** Writes down what is not written yet. */
  close(): Promise<void>;
}

/**
 * Chooses how each call is paid (seed 004, DefaultPaymentStrategy): free calls while there are any,
 * then one signed amount for each call. Where the daemon takes only one of those at a time and calls
 * come side by side, they are bought beforehand. A call that one way refuses goes on with the next.
 */
export function createDefaultStrategy(options: DefaultStrategyOptions): DefaultStrategy {
  const state: Choices = { ...options, buysAhead: false, paying: 0 };
  return {
    name: 'default',
    getPrice: (path) => options.paid.getPrice(path),
    pay: (call) => new DefaultCall(state, call),
    close: () => options.paid.close(),
  };
}

/** What is still worth trying; shared by all calls. */
interface Choices {
  free?: FreeCallStrategy | undefined;
  readonly paid: PaidStrategy;
  prepaid?: PrepaidStrategy | undefined;
  /** Once bought, tokens are used: a purchase waits for all that is signed otherwise. */
  buysAhead: boolean;
  /** Calls that are being paid by a signed amount each. */
  paying: number;
}

/** One way to pay, and the payment of a call in it. */
interface Way {
  readonly kind: 'free' | 'prepaid' | 'paid';
  readonly payment: CallPayment;
}

class DefaultCall implements CallPayment {
  readonly #choices: Choices;
  readonly #call: CallToPay;
  #way: Way | undefined;
  /** Counted among those that are paid by a signed amount. */
  #isPaying = false;

  constructor(choices: Choices, call: CallToPay) {
    this.#choices = choices;
    this.#call = call;
  }

  async attempt(): Promise<PaymentAttempt> {
    for (;;) {
      this.#way ??= await this.#choose();
      const { kind, payment } = this.#way;
      try {
        return this.#watch(await payment.attempt());
      } catch (error) {
        const goesOn = this.#givesUp(kind, error);
        this.#leave();
        if (!goesOn) throw error;
      }
    }
  }

  async #choose(): Promise<Way> {
    const choices = this.#choices;
    const { free, paid, prepaid } = choices;
    if (free !== undefined) return { kind: 'free', payment: free.pay(this.#call) };
    if (prepaid !== undefined && (await this.#shouldBuyAhead())) {
      choices.buysAhead = true;
      return { kind: 'prepaid', payment: prepaid.pay(this.#call) };
    }
    return { kind: 'paid', payment: paid.pay(this.#call) };
  }

  /** Only calls that would have to wait for others are bought beforehand. */
  async #shouldBuyAhead(): Promise<boolean> {
    const choices = this.#choices;
    if (choices.buysAhead) return true;
    this.#isPaying = true;
    choices.paying += 1;
    if (choices.paying === 1) return false;
    try {
      if ((await choices.paid.getMaxInFlight(this.#call)) > 1) return false;
    } catch (error) {
      this.#leave();
      throw error;
    }
    this.#leave();
    return true;
  }

  #leave(): void {
    if (this.#isPaying) this.#choices.paying -= 1;
    this.#isPaying = false;
    this.#way = undefined;
  }

  #watch(attempt: PaymentAttempt): PaymentAttempt {
    return {
      ...attempt,
      end: async (end): Promise<AfterEnd> => {
        const after = await attempt.end(end);
        if (after === 'retry') return after;
        const goesOn = this.#givesUp(this.#way?.kind, after);
        this.#leave();
        // The request of a stream is gone; the next call knows better.
        return goesOn && this.#call.isReplayable && !this.#call.signal?.aborted ? 'retry' : after;
      },
    };
  }

  /** Whether this way of paying is closed, and another one is open. */
  #givesUp(kind: Way['kind'] | undefined, error: unknown): boolean {
    if (!(error instanceof BaseError)) return false;
    const isUsedUp = error.code === 'FREE_CALLS_REFUSED' || error.code === 'FREE_CALLS_USED_UP';
    if (kind === 'free' && isUsedUp) {
      this.#choices.free = undefined;
      return true;
    }
    if (kind === 'prepaid' && error.code === 'PREPAID_REFUSED') {
      this.#choices.prepaid = undefined;
      return true;
    }
    return false;
  }
}
