import { BaseError, encodePrepaidHeaders, paymentTypes } from '@snetkit/core';
import { checkLimits } from '../channels/funding-policy.ts';
import {
  type HeldToken,
  TokenAccount,
  type TokenAccountOptions,
  type TokenShare,
} from '../prepaid/token-account.ts';
import type { PaidStrategyOptions } from './paid.ts';
import type {
  AfterEnd,
  CallEnd,
  CallPayment,
  CallToPay,
  PaymentAttempt,
  PaymentStrategy,
} from './payment-strategy.ts';

/** What the prepaid strategy needs beyond who pays whom. */
export interface PrepaidStrategyOptions
  extends Omit<PaidStrategyOptions, 'allowGap'>,
    TokenAccountOptions {}

/** The prepaid strategy, and the token that processes may share. */
export interface PrepaidStrategy extends PaymentStrategy {
  /** The token in use, to be handed to other processes; undefined before the first call. */
  getToken(): HeldToken | undefined;
  /** Uses a token that another process has bought. */
  adoptToken(token: HeldToken): void;
}

/** Sendings of one call: a daemon that refuses what it has just sold is given nothing more. */
const maxAttempts = 2;

/**
 * Buys calls beforehand and makes any number of them at once with one token (seed 004,
 * PrepaidPaymentStrategy; sdk.md, section 4.8): how calls run side by side where the daemon takes one
 * signed amount at a time. What is bought and not used stays with the provider.
 *
 * A call whose answer is lost is not sent again: a token cannot tell a repeated call from another one.
 */
export function createPrepaidStrategy(options: PrepaidStrategyOptions): PrepaidStrategy {
  const account = new TokenAccount(options, { callsPerToken: options.callsPerToken });
  return {
    name: paymentTypes.prepaid,
    getPrice: async (path) => options.getPrice(path),
    pay: (call) => new PrepaidCall(account, options, call),
    getToken: () => account.token,
    adoptToken: (token) => account.adopt(token),
  };
}

class PrepaidCall implements CallPayment {
  readonly #account: TokenAccount;
  readonly #options: PrepaidStrategyOptions;
  readonly #call: CallToPay;
  #attempts = 0;

  constructor(account: TokenAccount, options: PrepaidStrategyOptions, call: CallToPay) {
    this.#account = account;
    this.#options = options;
    this.#call = call;
  }

  async attempt(): Promise<PaymentAttempt> {
    const { path, signal } = this.#call;
    const price = await this.#options.getPrice(path);
    checkLimits(this.#options.funding, this.#options.group, price);
    this.#attempts += 1;
    const share = await this.#account.take(price, signal);
    const { channelId, nonce, token } = share.token;
    let isOver = false;
    return {
      headers: encodePrepaidHeaders({ channelId, nonce, token }),
      receipt: { type: paymentTypes.prepaid, price, channelId, nonce },
      end: async (end) => {
        if (isOver) return 'final';
        isOver = true;
        return this.#end(share, end);
      },
    };
  }

  #end(share: TokenShare, end: CallEnd): AfterEnd {
    if (end.kind === 'served') {
      this.#account.end(share, true);
      return 'final';
    }
    const { kind } = end.failure;
    const isStale = kind === 'usedUp' || kind === 'token';
    // What is not known counts as used: the daemon tells better when the next token is bought.
    this.#account.end(share, kind === 'inDoubt');
    if (!isStale) return 'final';
    this.#account.forget(share.token);
    const mayRetry = this.#call.isReplayable && !this.#call.signal?.aborted;
    if (mayRetry && this.#attempts < maxAttempts) return 'retry';
    return new BaseError('PREPAID_REFUSED', 'The daemon does not take its own token.', {
      place: this.#call.path,
      found: end.failure.status?.message,
    });
  }
}
