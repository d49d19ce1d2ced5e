import {
  BaseError,
  encodeEscrowHeaders,
  encodeTrainHeaders,
  packClaimMessage,
  paymentHeaders,
  paymentTypes,
} from '@snetkit/core';
import { checkLimits } from '../channels/funding-policy.ts';
import { pause } from '../channels/pause.ts';
import type { Payer } from '../channels/payer.ts';
import type { Failure } from '../outcome/classify.ts';
import { EscrowAccount, type HeldPayment } from './escrow-account.ts';
import type {
  CallEnd,
  CallPayment,
  CallToPay,
  PaymentAttempt,
  PaymentStrategy,
  AfterEnd as Recovery,
} from './payment-strategy.ts';

/** What the paid strategy needs beyond who pays whom. */
export interface PaidStrategyOptions extends Payer {
  /** Cogs that a call of a path costs. */
  getPrice(path: string): bigint | Promise<bigint>;
  /**
   * Told what the daemon wants for a call of a path when that is not what was paid; `true` pays it, as
   * far as the policy allows. Left out, or `false`: the price is the one that is known.
   */
  onPriceNamed?(path: string, price: bigint): boolean;
  /** Lets calls be charged out of order, where the daemon knows how (ledger.md, section 7). */
  readonly allowGap?: boolean | undefined;
}

/** The paid strategy, and how to end it. */
export interface PaidStrategy extends PaymentStrategy {
  /**
   * Calls that the daemon lets run at once on the channel: 1 with an official one. Makes the channel
   * ready for a call of a path, when there is none yet.
   *
   * @throws BaseError as a call that cannot be paid
   */
  getMaxInFlight(call: CallToPay): Promise<number>;
  /** Writes down what is not written yet. The ledger stays open: it is its maker's. */
  close(): Promise<void>;
}

/** Sendings of one call before it is given up. */
const maxAttempts = 12;
/** Times that a daemon is believed that the channel lacks money or time: the chain tells better. */
const maxFundings = 2;

/**
 * Pays each call from a payment channel (seed 004, PaidCallPaymentStrategy; sdk.md, section 4.7). A
 * warm call asks nobody: it signs and sends. Many calls may be in flight on one channel when the
 * daemon allows it.
 */
export function createPaidStrategy(options: PaidStrategyOptions): PaidStrategy {
  const account = new EscrowAccount(options);
  return {
    name: paymentTypes.escrow,
    getPrice: async (path) => options.getPrice(path),
    pay: (call) => new PaidCall(account, options, call),
    async getMaxInFlight({ path, signal, training }) {
      const price = training?.price ?? (await options.getPrice(path));
      checkLimits(options.funding, options.group, price);
      return account.getMaxInFlight(price, signal);
    },
    close: () => account.flush(),
  };
}

/** One call over all its sendings. The same payment is sent again until its end is certain. */
class PaidCall implements CallPayment {
  readonly #account: EscrowAccount;
  readonly #options: PaidStrategyOptions;
  readonly #call: CallToPay;
  #held: HeldPayment | undefined;
  #attempts = 0;
  #fundings = 0;
  #hasTurn = false;
  /** What the daemon wants, when it is more or less than was known. */
  #namedPrice: bigint | undefined;
  /** An earlier sending of the held payment had no certain end. */
  #isInDoubt = false;

  constructor(account: EscrowAccount, options: PaidStrategyOptions, call: CallToPay) {
    this.#account = account;
    this.#options = options;
    this.#call = call;
  }

  async attempt(): Promise<PaymentAttempt> {
    const { path, signal, training } = this.#call;
    try {
      const price = this.#namedPrice ?? training?.price ?? (await this.#options.getPrice(path));
      checkLimits(this.#options.funding, this.#options.group, price);
      // Kept over all sendings: who comes next must not sign before it is known what became of this one.
      if (!this.#hasTurn) await this.#account.slots.take(signal);
      this.#hasTurn = true;
      if (signal?.aborted) throw cancelled(signal);
      this.#attempts += 1;
      this.#held ??= await this.#account.hold(price, signal);
      return await this.#sign(this.#held);
    } catch (error) {
      if (this.#held !== undefined)
        this.#finish(this.#held, this.#isInDoubt ? 'inDoubt' : 'notCharged');
      this.#leave();
      throw error;
    }
  }

  async #sign(held: HeldPayment): Promise<PaymentAttempt> {
    const { mpe, channelId } = held.key;
    const { amount, price } = held.payment;
    const { nonce } = held;
    const message = packClaimMessage({ mpe, channelId, nonce, amount });
    const signature = await this.#options.signer.signMessage(message);
    const claim = { channelId, nonce, amount, signature, mpe };
    const modelId = this.#call.training?.modelId;
    const headers =
      modelId === undefined
        ? encodeEscrowHeaders(claim)
        : encodeTrainHeaders({ ...claim, modelId });
    if (held.sendsAhead && this.#options.allowGap !== false) {
      headers.push([paymentHeaders.allowGap, '1']);
    }
    const { signedBefore } = held;
    const type = modelId === undefined ? paymentTypes.escrow : paymentTypes.train;
    const receipt = { type, price, channelId, nonce, amount, signedBefore };
    let isOver = false;
    return {
      headers,
      receipt,
      end: async (end) => {
        if (isOver) return 'final';
        isOver = true;
        const after = await this.#end(held, end);
        if (after !== 'retry') this.#leave();
        return after;
      },
    };
  }

  async #end(held: HeldPayment, end: CallEnd): Promise<Recovery> {
    if (end.kind === 'served') return this.#finish(held, 'charged');
    const { failure, afterFirstMessage } = end;
    if (afterFirstMessage) {
      // A status after messages means that the charge was taken back (design.md, the table).
      // Not so when the deadline ended it, which the daemon counts as the client's leaving.
      const { status } = failure;
      const isSure = status !== undefined && status.code !== 1 && status.code !== 4;
      return this.#finish(held, isSure ? 'notCharged' : 'inDoubt');
    }
    const mayRetry =
      this.#call.isReplayable && !this.#call.signal?.aborted && this.#attempts < maxAttempts;
    if (!mayRetry) return this.#finish(held, this.#endOf(failure));
    try {
      return await this.#recover(held, failure);
    } catch (error) {
      // Found out with the next call, or by the next process.
      if (this.#held !== undefined) this.#finish(held, 'inDoubt');
      return BaseError.from(error);
    }
  }

  /** Decides what to send next, if anything. */
  async #recover(held: HeldPayment, failure: Failure): Promise<Recovery> {
    const { signal } = this.#call;
    switch (failure.kind) {
      case 'busy':
        await pause(this.#attempts, this.#call.signal);
        return 'retry';
      case 'inDoubt':
        this.#isInDoubt = true;
        await pause(this.#attempts, this.#call.signal);
        return 'retry';
      case 'resynchronise':
        if (this.#takesPrice(held, failure)) {
          this.#account.end(held, 'notCharged');
          this.#forget();
          return 'retry';
        }
        // Its price is another one than was agreed: nothing that is sent again changes that.
        if (this.#call.training !== undefined && this.#isPriceNamed(held, failure)) {
          return this.#finish(held, 'notCharged');
        }
        return this.#resynchronise(held);
      case 'funds':
      case 'expiry':
        // An earlier sending may have been charged: found out before anything else is paid.
        if (this.#isInDoubt) return this.#resynchronise(held);
        if (this.#fundings === maxFundings) return this.#finish(held, 'notCharged');
        this.#fundings += 1;
        this.#account.end(held, 'notCharged');
        this.#forget();
        await this.#account.fund(held.payment.price, signal);
        return 'retry';
      default:
        if (failure.status !== undefined) return this.#finish(held, this.#endOf(failure));
        // No daemon could be reached: it may be starting again, or the next one is tried.
        await pause(this.#attempts, signal);
        return 'retry';
    }
  }

  /** Whether the daemon wants another price, and may. */
  #takesPrice({ payment: { price } }: HeldPayment, failure: Failure): boolean {
    const named = this.#readPrice(failure);
    if (named === undefined || named === price || this.#call.training !== undefined) return false;
    if (!this.#options.onPriceNamed?.(this.#call.path, named)) return false;
    this.#namedPrice = named;
    return true;
  }

  #isPriceNamed({ payment: { price } }: HeldPayment, failure: Failure): boolean {
    const named = this.#readPrice(failure);
    return named !== undefined && named !== price;
  }

  /** What the daemon wants; undefined while an earlier sending may have been charged. */
  #readPrice({ status }: Failure): bigint | undefined {
    const text = /^income -?[0-9]+ does not equal to price ([0-9]+)$/.exec(status?.message ?? '');
    return text === null || this.#isInDoubt ? undefined : BigInt(text[1] ?? '');
  }

  /** The daemon counts otherwise: look how, and pay again only for a call that was not paid yet. */
  async #resynchronise(held: HeldPayment): Promise<Recovery> {
    const fate = await this.#account.findFate(held, this.#call.signal);
    if (fate === 'listed') {
      // Somebody answers for it still, or it is honoured once more.
      await pause(this.#attempts, this.#call.signal);
      return 'retry';
    }
    const wasSent = this.#isInDoubt;
    this.#account.end(held, fate);
    this.#forget();
    if (fate === 'notCharged' || !wasSent) return 'retry';
    return new BaseError(
      'PAYMENT_ANSWER_LOST',
      'The call was paid and served, but its answer was lost',
      {
        place: this.#call.path,
        found: `${held.payment.amount} cogs consumed on channel ${held.key.channelId}`,
      },
    );
  }

  /** What a failure says of the payment when nothing more is sent. */
  #endOf({ kind }: Failure): 'notCharged' | 'inDoubt' {
    const isCertain =
      kind === 'notCharged' || kind === 'refused' || kind === 'funds' || kind === 'expiry';
    return isCertain && !this.#isInDoubt ? 'notCharged' : 'inDoubt';
  }

  #finish(held: HeldPayment, end: 'charged' | 'notCharged' | 'inDoubt'): 'final' {
    this.#account.end(held, end);
    this.#forget();
    return 'final';
  }

  /** Lets the next call in. */
  #leave(): void {
    if (this.#hasTurn) this.#account.slots.free();
    this.#hasTurn = false;
  }

  #forget(): void {
    this.#held = undefined;
    this.#isInDoubt = false;
  }
}

function cancelled(signal: AbortSignal): BaseError {
  return new BaseError('ABORTED', 'The call was cancelled', { cause: signal.reason });
}
