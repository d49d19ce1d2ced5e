import { BaseError, formatAmount } from '@snetkit/core';
import { CallSlots } from '../channels/call-slots.ts';
import { ChannelKeeper, type Synchronised } from '../channels/channel-keeper.ts';
import type { Payer } from '../channels/payer.ts';
import { Turn } from '../channels/turn.ts';
import { type Allocation, allocate } from '../ledger/allocate.ts';
import type { ChannelKey } from '../ledger/client-ledger.ts';
import { endPayment, type PaymentEnd } from '../ledger/end-payment.ts';
import type { LedgerRecord, PendingPayment } from '../ledger/ledger-record.ts';

/** A payment that is written down, and where. */
export interface HeldPayment {
  readonly key: ChannelKey;
  readonly nonce: bigint;
  readonly payment: PendingPayment;
  readonly signedBefore: bigint;
  /** The daemon takes several at once, in any order. */
  readonly sendsAhead: boolean;
}

type Held = Allocation & { readonly before?: LedgerRecord };

/** Rounds of finding and funding before a call gives up: what others wait for is shared. */
const maxRounds = 8;
/** Ends of calls wait so long for the next payment, to share its write. */
const flushMs = 50;

/**
 * The client's side of one group: chooses amounts, writes them down before they are sent, and writes
 * down what became of them.
 */
export class EscrowAccount {
  readonly payer: Payer;
  readonly slots = new CallSlots();
  readonly #keeper: ChannelKeeper;
  readonly #ends = new Map<string, { key: ChannelKey; call: string; end: PaymentEnd }>();
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #isDoubtful = false;

  constructor(payer: Payer) {
    this.payer = payer;
    this.#keeper = new ChannelKeeper(payer);
  }

  /**
   * Chooses the amount of a call and makes it durable.
   *
   * @throws BaseError when no channel can pay, and the funding policy does not help
   */
  async hold(price: bigint, signal: AbortSignal | undefined): Promise<HeldPayment> {
    const turn = new Turn(signal);
    for (let round = 0; round < maxRounds; round += 1) {
      const { key } = await this.#keeper.ready({ price, signal });
      // What was in doubt may block the line: found out as soon as nothing else runs.
      if (this.#isDoubtful && this.slots.taken <= 1) await this.resynchronise(signal);
      const call = crypto.randomUUID();
      const identity = { holder: this.payer.ledger.holder, call };
      const applied: string[] = [];
      const held = await this.payer.ledger.update<Held | undefined>(key, (stored) => {
        if (stored === undefined) return { result: undefined };
        const known = this.#applyEnds(key, stored, applied);
        const allocation = allocate(known, price, identity);
        if (allocation.kind !== 'allocated') return { record: known, result: allocation };
        return { record: allocation.record, result: { ...allocation, before: known } };
      });
      for (const name of applied) this.#ends.delete(name);
      if (held === undefined) await this.#keeper.resynchronise(signal);
      else if (held.kind === 'funds') await this.#fund(price, signal);
      else if (held.kind === 'allocated') return this.#take(key, held);
      else {
        // Other processes hold the channel; one of them may have died.
        if (await turn.wait()) await this.resynchronise(signal);
        round -= 1;
      }
    }
    throw new BaseError('CHANNEL_FUNDS', 'No channel can pay for the call', {
      place: `payment group of ${this.payer.group.recipient}`,
      expected: formatAmount(price, this.payer.group.token),
    });
  }

  /**
   * Calls that the daemon lets run at once on the channel.
   *
   * @throws BaseError when no channel can pay, and the funding policy does not help
   */
  async getMaxInFlight(price: bigint, signal: AbortSignal | undefined): Promise<number> {
    const { record } = await this.#keeper.ready({ price, signal });
    return record.maxInFlight;
  }

  /** Notes the end of a call; it is written with the next payment, or soon. */
  end({ key, payment: { call } }: HeldPayment, end: PaymentEnd): void {
    if (end === 'inDoubt') this.#isDoubtful = true;
    this.#ends.set(call, { key, call, end });
    // A ledger that cannot be written now is told by the next payment, which writes the ends too.
    this.#flushTimer ??= setTimeout(() => void this.flush().catch(() => {}), flushMs);
  }

  /** Asks chain and daemon what became of a payment (ledger.md, 6.7). */
  async findFate(
    { nonce, payment: { amount, price } }: HeldPayment,
    signal: AbortSignal | undefined,
  ): Promise<'listed' | 'charged' | 'notCharged'> {
    const { state } = await this.#synchronise(signal);
    const isListed = state.listed.some(
      (one) => one.nonce === nonce && one.amount === amount && one.price === price,
    );
    if (isListed) return 'listed';
    if (nonce !== state.nonce) return amount <= state.claimed ? 'charged' : 'notCharged';
    const isOpen = state.open.some(({ from, to }) => from < amount && amount <= to);
    return amount <= state.top && !isOpen ? 'charged' : 'notCharged';
  }

  /** Asks chain and daemon how the channel stands. */
  async resynchronise(signal: AbortSignal | undefined): Promise<void> {
    await this.#synchronise(signal);
  }

  async #synchronise(signal: AbortSignal | undefined): Promise<Synchronised> {
    await this.flush();
    const synchronised = await this.#keeper.resynchronise(signal);
    this.#isDoubtful = false;
    this.slots.setLimit(synchronised.record.maxInFlight);
    return synchronised;
  }

  /** Gives the channel money or time, as the policy allows. */
  async fund(price: bigint, signal: AbortSignal | undefined): Promise<void> {
    await this.flush();
    await this.#fund(price, signal);
  }

  /** Enough for every call that is in flight or asks right now, not only for the one that asked first. */
  #fund(price: bigint, signal: AbortSignal | undefined): Promise<void> {
    const calls = BigInt(Math.max(1, this.slots.taken + this.slots.waiting));
    return this.#keeper.fund({ price, wanted: price * calls, signal });
  }

  /** Writes the ends of calls down. */
  async flush(): Promise<void> {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const keys = new Map([...this.#ends.values()].map(({ key }) => [key.channelId, key]));
    for (const key of keys.values()) {
      const applied: string[] = [];
      await this.payer.ledger.update(key, (stored) => {
        if (stored === undefined) return { result: undefined };
        const record = this.#applyEnds(key, stored, applied);
        this.#keeper.note(record);
        return { record, result: undefined };
      });
      for (const name of applied) this.#ends.delete(name);
    }
  }

  #take(
    key: ChannelKey,
    held: { record: LedgerRecord; payment: PendingPayment; before?: LedgerRecord },
  ): HeldPayment {
    this.#keeper.note(held.record);
    this.slots.setLimit(held.record.maxInFlight);
    return {
      key,
      nonce: held.record.nonce,
      payment: held.payment,
      signedBefore: held.before?.signed ?? 0n,
      sendsAhead: held.record.maxInFlight > 1,
    };
  }

  #applyEnds(key: ChannelKey, stored: LedgerRecord, applied: string[]): LedgerRecord {
    let record = stored;
    for (const [name, { key: own, call, end }] of this.#ends) {
      if (own.channelId !== key.channelId) continue;
      record = endPayment(record, { holder: this.payer.ledger.holder, call }, end);
      applied.push(name);
    }
    return record;
  }
}
