import { ConnectError } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import { abortable } from '../channels/abortable.ts';
import { type BlockClock, createBlockClock } from '../channels/block-clock.ts';
import { ChannelKeeper } from '../channels/channel-keeper.ts';
import { pause } from '../channels/pause.ts';
import type { Payer } from '../channels/payer.ts';
import { Turn } from '../channels/turn.ts';
import { type Allocation, allocateTop } from '../ledger/allocate.ts';
import type { ChannelKey } from '../ledger/client-ledger.ts';
import { endPayment, type PaymentEnd } from '../ledger/end-payment.ts';
import type { LedgerRecord, PendingPayment } from '../ledger/ledger-record.ts';
import { readStatus } from '../outcome/read-status.ts';
import { classifyTokenFailure } from './classify-token-failure.ts';
import { readTokenExpiry } from './read-token-expiry.ts';
import { requestToken } from './request-token.ts';

/** A token, and how much of it is spent. Amounts in cogs. */
export interface HeldToken {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly token: string;
  /** What the channel has bought in all. */
  readonly planned: bigint;
  /** What of it was used when the token was got. */
  readonly used: bigint;
}

/** One call's share of a token. */
export interface TokenShare {
  readonly token: HeldToken;
  readonly price: bigint;
}

/** How many calls a token is bought for. */
export interface TokenAccountOptions {
  /** The price of so many calls is bought at once; 10 unless given. */
  readonly callsPerToken?: bigint | undefined;
}

/** Rounds of buying before a call gives up. */
const maxRounds = 8;
/** Sendings of one request for a token. */
const maxRequests = 12;
/** Milliseconds before its end in which a token is not used any more. */
const expiryMarginMs = 5_000;
const maxUint64 = (1n << 64n) - 1n;

/**
 * What the client has bought beforehand from one group: buys when too little is left, for all calls
 * that wait, and gives each its share. An amount is written down before it is sent, as any other.
 */
export class TokenAccount {
  readonly payer: Payer;
  readonly #callsPerToken: bigint;
  readonly #keeper: ChannelKeeper;
  readonly #clock: BlockClock;
  #token: HeldToken | undefined;
  /** When the token ends, as it says itself: milliseconds since 1970. */
  #tokenEnd: number | undefined;
  /** Used of what is planned, as far as this process can tell. */
  #used = 0n;
  /** Prices of the calls that are under way. */
  #reserved = 0n;
  /** Prices of the calls that wait for a token. */
  #wanted = 0n;
  #refilling: Promise<void> | undefined;
  /** What the daemon has of an earlier process was looked at. */
  #hasLooked = false;

  constructor(payer: Payer, { callsPerToken = 10n }: TokenAccountOptions = {}) {
    this.payer = payer;
    this.#callsPerToken = callsPerToken;
    this.#keeper = new ChannelKeeper(payer);
    this.#clock = createBlockClock(payer.chain, { blockSeconds: payer.blockSeconds });
  }

  /** The token in use, to be handed to another process; undefined while there is none. */
  get token(): HeldToken | undefined {
    return this.#token && { ...this.#token, used: this.#used };
  }

  /** Uses a token that another process has bought. What is left of it the daemon knows. */
  adopt(token: HeldToken): void {
    this.#hold(token, token.used);
    this.#hasLooked = true;
  }

  /**
   * Takes the price of a call from the token, and buys one when too little is left.
   *
   * @throws BaseError `PREPAID_REFUSED`, `FUNDING_REFUSED`, `ABORTED`, and those of chain and ledger
   */
  async take(price: bigint, signal: AbortSignal | undefined): Promise<TokenShare> {
    this.#wanted += price;
    try {
      for (let round = 0; round < maxRounds; round += 1) {
        const token = this.#usable(price);
        if (token !== undefined) {
          this.#reserved += price;
          return { token, price };
        }
        this.#refilling ??= this.#refill(price).finally(() => {
          this.#refilling = undefined;
        });
        await abortable(this.#refilling, signal);
      }
    } finally {
      this.#wanted -= price;
    }
    throw this.#refused('no token that pays for the call');
  }

  /** Gives a share back, used or not. */
  end({ price }: TokenShare, isUsed: boolean): void {
    this.#reserved -= price;
    if (isUsed) this.#used += price;
  }

  /** The daemon takes the token no more, or says that nothing is left of it: it is asked again. */
  forget(token: HeldToken): void {
    if (this.#token !== token) return;
    this.#token = undefined;
    this.#hasLooked = false;
  }

  #usable(price: bigint): HeldToken | undefined {
    const token = this.#token;
    if (token === undefined) return undefined;
    if (this.#tokenEnd !== undefined && this.#tokenEnd < Date.now() + expiryMarginMs) {
      this.forget(token);
      return undefined;
    }
    return this.#used + this.#reserved + price <= token.planned ? token : undefined;
  }

  async #refill(price: bigint): Promise<void> {
    const { key, record } = await this.#keeper.ready({ price });
    if (!this.#hasLooked) {
      this.#hasLooked = true;
      if (await this.#look(key, record, price)) return;
    }
    const batch = price * this.#callsPerToken;
    await this.#buy(batch > this.#wanted ? batch : this.#wanted);
    if (this.#usable(price) !== undefined) return;
    throw this.#refused('a token without the amount that was paid for it');
  }

  /** Whether something is left of what was bought before: the last amount, sent again, shows it. */
  async #look(key: ChannelKey, record: LedgerRecord, price: bigint): Promise<boolean> {
    const { signed: amount, nonce, pending } = record;
    if (amount === 0n || amount > maxUint64 || pending.length > 0) return false;
    try {
      await this.#request(key, { nonce, amount });
    } catch {
      // It was paid by calls alone, or the daemon counts otherwise: buying finds out.
      return false;
    }
    return this.#usable(price) !== undefined;
  }

  async #buy(batch: bigint): Promise<void> {
    const turn = new Turn(undefined);
    for (let round = 0; round < maxRounds; round += 1) {
      const { key } = await this.#keeper.ready({ price: batch });
      const held = await this.#allocate(key, batch);
      if (held.kind === 'turn') {
        if (await turn.wait()) await this.#keeper.resynchronise();
        round -= 1;
      } else if (held.kind === 'funds') {
        await this.#keeper.fund({ price: batch, wanted: batch });
      } else if (await this.#purchase(key, held.record, held.payment)) return;
    }
    throw this.#refused('a channel that changes all the time');
  }

  /** Writes the amount down, before anybody sees it. */
  async #allocate(key: ChannelKey, batch: bigint): Promise<Allocation> {
    const { ledger } = this.payer;
    const identity = { holder: ledger.holder, call: crypto.randomUUID() };
    const held = await ledger.update<Allocation>(key, (stored) => {
      if (stored === undefined) return { result: { kind: 'turn' } };
      const allocation = allocateTop(stored, batch, identity);
      if (allocation.kind !== 'allocated') return { result: allocation };
      return { record: allocation.record, result: allocation };
    });
    if (held.kind === 'allocated') {
      this.#keeper.note(held.record);
      if (held.payment.amount > maxUint64) {
        await this.#end(key, held.payment, 'notCharged');
        throw this.#refused('amounts of at most 64 bits, which this channel has passed');
      }
    }
    return held;
  }

  /** Whether the token was bought; otherwise the purchase is tried anew with another amount. */
  async #purchase(
    key: ChannelKey,
    { nonce }: LedgerRecord,
    payment: PendingPayment,
  ): Promise<boolean> {
    let isInDoubt = false;
    for (let request = 1; ; request += 1) {
      try {
        await this.#request(key, { nonce, amount: payment.amount });
        await this.#end(key, payment, 'charged');
        return true;
      } catch (error) {
        const failure = classifyTokenFailure(error);
        const isLast = request === maxRequests;
        if ((failure === 'again' || failure === 'block') && !isLast) {
          if (failure === 'block') this.#clock.forget();
          else {
            isInDoubt ||= !(error instanceof ConnectError) || readStatus(error) === undefined;
            await pause(request, undefined);
          }
          continue;
        }
        await this.#end(key, payment, isInDoubt ? 'inDoubt' : 'notCharged');
        if (failure === 'refused') throw this.#refused(textOf(error), error);
        if (failure === 'again' || failure === 'block') throw error;
        if (isInDoubt || failure === 'resynchronise') await this.#keeper.resynchronise();
        else await this.#keeper.fund({ price: payment.price, wanted: payment.price });
        return false;
      }
    }
  }

  async #request(
    { mpe, channelId }: ChannelKey,
    { nonce, amount }: { readonly nonce: bigint; readonly amount: bigint },
  ): Promise<void> {
    const { daemon, signer } = this.payer;
    const block = await this.#clock.get();
    const known = this.#token;
    const reply = await requestToken(daemon, { mpe, channelId, nonce, amount, signer, block });
    // Calls that are under way are among the used ones with some daemons, and not with others.
    const counted = reply.used - this.#reserved;
    const used = known?.channelId === channelId ? maxOf(this.#used, counted) : reply.used;
    this.#hold({ channelId, nonce, ...reply }, used);
  }

  #hold(token: HeldToken, used: bigint): void {
    this.#token = token;
    this.#tokenEnd = readTokenExpiry(token.token);
    this.#used = used;
  }

  async #end(key: ChannelKey, { call }: PendingPayment, end: PaymentEnd): Promise<void> {
    const { ledger } = this.payer;
    await ledger.update(key, (stored) => {
      if (stored === undefined) return { result: undefined };
      const record = endPayment(stored, { holder: ledger.holder, call }, end);
      this.#keeper.note(record);
      return { record, result: undefined };
    });
  }

  #refused(found: string, cause?: unknown): BaseError {
    const { group } = this.payer;
    return new BaseError('PREPAID_REFUSED', 'The daemon sells no calls beforehand.', {
      place: `payment group of ${group.recipient}`,
      found,
      cause,
    });
  }
}

function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function textOf(error: unknown): string {
  const status = error instanceof ConnectError ? readStatus(error) : undefined;
  return status?.message ?? BaseError.from(error).shortMessage;
}
