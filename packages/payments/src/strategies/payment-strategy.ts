import type { BaseError, HeaderEntry } from '@snetkit/core';
import type { Failure } from '../outcome/classify.ts';

/** A call that wants to be paid for. */
export interface CallToPay {
  /** `/package.Service/Method`. */
  readonly path: string;
  /** The request can be sent again. */
  readonly isReplayable: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Of calls that train a model: only `paid` pays those. */
  readonly training?: TrainingTerms | undefined;
}

/** What a call of `training.Daemon` is paid for (daemon.md, section 4.5). */
export interface TrainingTerms {
  readonly modelId: string;
  /** Cogs that were agreed: no other price is paid. */
  readonly price: bigint;
}

/** What was paid for a call. Amounts in cogs; no signature. */
export interface PaymentReceipt {
  readonly type: string;
  readonly price: bigint;
  readonly channelId?: bigint;
  readonly nonce?: bigint;
  /** Cumulative amount that the call authorised. */
  readonly amount?: bigint;
  /** Highest amount that had been signed before. */
  readonly signedBefore?: bigint;
}

/** How a call ended, as far as its payment is concerned. */
export type CallEnd =
  | { readonly kind: 'served' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly afterFirstMessage: boolean };

/**
 * What comes after the end of a sending. `retry`: the same call may be sent again with the next
 * attempt, now. An error replaces the one of the call: it tells more.
 */
export type AfterEnd = 'final' | 'retry' | BaseError;

/** One sending of a call. */
export interface PaymentAttempt {
  readonly headers: readonly HeaderEntry[];
  readonly receipt: PaymentReceipt;
  /** Tells the end; never rejects. */
  end(end: CallEnd): Promise<AfterEnd>;
}

/** The payment of one call, over all its sendings. */
export interface CallPayment {
  /** @throws BaseError when the call cannot be paid */
  attempt(): Promise<PaymentAttempt>;
}

/** A way to pay for calls (seed 004, PaymentStrategy). */
export interface PaymentStrategy {
  /** `escrow`, `free-call`, ...: value of `snet-payment-type`. */
  readonly name: string;
  /**
   * Cogs that the call costs.
   *
   * @throws BaseError PRICE_UNKNOWN
   */
  getPrice(path: string): Promise<bigint>;
  pay(call: CallToPay): CallPayment;
}
