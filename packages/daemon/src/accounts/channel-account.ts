import { PaymentRefusal } from '../call/payment-refusal.ts';
import { advanceToChain } from '../ledger/advance.ts';
import { intervalOf } from '../ledger/intervals.ts';
import { findEqualEntry, judge, type SignedPayment, type Verdict } from '../ledger/judge.ts';
import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import type { TokenPayment } from '../ledger/settle-token.ts';
import { getTop } from '../ledger/top.ts';
import type { AccountPorts } from './account-ports.ts';
import { ChannelWriter } from './channel-writer.ts';
import { isReserved, isRunning, type OwnCall, wantsCommit } from './own-call.ts';
import { patienceMs } from './patience.ts';
import { type RecordSnapshot, readClaim } from './read-record.ts';
import {
  refuseBusy,
  refuseChannel,
  refuseFunds,
  refuseIncome,
  refuseNonce,
  refuseStore,
} from './refusals.ts';
import { Watchers } from './watchers.ts';

/** How long a payment may wait for the ones before it: 1 s (ledger.md, section 7). */
const earlyMs = 1_000;
/** Most calls in flight, and most payments waiting, on one channel of one replica. */
export const maxReserved = 64;
/** Most streams on one channel of one replica: each is an entry of the record until it ends. */
export const maxStreams = 256;

interface Judged {
  readonly verdict: Verdict | { readonly kind: 'unexplained' | 'fenced' };
  /** As it counts now: at least as new as the last read. */
  readonly record: ChannelRecord | undefined;
  readonly limit: bigint;
}

/** Places in the process-wide waiting room. */
export interface WaitingRoom {
  enter(): boolean;
  leave(): void;
}

/**
 * One channel as one replica sees it: its own calls, the last record it knows, and the payments that
 * wait for others (ledger.md, sections 3, 4 and 7). Nothing here is a lock: what another replica does
 * meanwhile is found out by the conditional write.
 */
export class ChannelAccount {
  readonly #channelId: bigint;
  readonly #ports: AccountPorts;
  readonly #waitingRoom: WaitingRoom;
  readonly #calls = new Map<bigint, OwnCall>();
  readonly #watchers: Watchers;
  readonly #writer: ChannelWriter;
  #claim: ClaimRecord | undefined;
  /** How many wait for the calls of this channel to be over. */
  #drains = 0;
  /** When something last happened here, in milliseconds of the ports' clock. */
  lastUsed = 0;

  constructor(channelId: bigint, ports: AccountPorts, waitingRoom: WaitingRoom) {
    this.#channelId = channelId;
    this.#ports = ports;
    this.#waitingRoom = waitingRoom;
    this.#watchers = new Watchers(ports.timers);
    this.#writer = new ChannelWriter(channelId, ports, this.#calls, () => this.#watchers.wake());
  }

  /** Whether nothing of this account would be missed. */
  get isIdle(): boolean {
    return this.#calls.size === 0 && this.#watchers.size === 0 && !this.#writer.isBusy;
  }

  /**
   * Admits a payment whose signature, signer and expiry are good, and reserves its stretch.
   *
   * @throws PaymentRefusal after a fresh look at store and chain
   */
  async begin(payment: SignedPayment, { signal }: { signal: AbortSignal }): Promise<OwnCall> {
    this.lastUsed = this.#ports.timers.now();
    let decision = this.#decide(payment, this.#writer.cached);
    if ('verdict' in decision) decision = await this.#lookAgain(payment);
    if ('verdict' in decision && decision.verdict.kind === 'early') {
      decision = await this.#waitForOthers(payment, decision, signal);
    }
    if ('verdict' in decision) throw this.#refusalOf(decision, payment);
    return decision;
  }

  /**
   * Reserves everything between the top and a signed amount, for GetToken (ledger.md, section 5).
   * End it with {@link rollback}: what it buys is written elsewhere.
   *
   * @returns undefined when the amount is the top: somebody has written it meanwhile
   * @throws PaymentRefusal busy while anything is reserved here; otherwise after a fresh look
   */
  async reserveRest(payment: TokenPayment): Promise<OwnCall | undefined> {
    this.lastUsed = this.#ports.timers.now();
    await this.#refreshFor(payment);
    const cached = this.#writer.cached;
    const chain = this.#ports.chain.peek(this.#channelId) ?? cached?.record.chain;
    if (cached === undefined || chain === undefined) throw this.#refusalOf(unexplained, payment);
    if ([...this.#calls.values()].some(isReserved)) throw refuseBusy(this.#channelId);
    const record = advanceToChain(cached.record, chain.nonce);
    const price = payment.amount - getTop(record).amount;
    if (price === 0n && payment.nonce === record.nonce) return undefined;
    if (price <= 0n) throw refuseIncome(record, { ...payment, price: 0n });
    const rest: SignedPayment = { ...payment, price, allowGap: false };
    let decision = this.#decide(rest, cached);
    if ('verdict' in decision) decision = await this.#lookAgain(rest);
    if ('verdict' in decision) throw this.#refusalOf(decision, rest);
    return decision;
  }

  /** Learns of a record that was written beside the calls: a token's payment, a claim. */
  adopt(snapshot: RecordSnapshot): void {
    this.#writer.adopt(snapshot);
    this.#watchers.wake();
  }

  /**
   * Admits nothing more on this channel and waits until its own calls are committed or over, or for
   * `ms`: a courtesy before a claim, so that little work is lost (ledger.md, section 5).
   *
   * @returns how to admit calls again
   */
  async drain({ ms }: { ms: number }): Promise<() => void> {
    this.#drains += 1;
    const isQuiet = () => ![...this.#calls.values()].some(isReserved) || undefined;
    await this.#watchers.until(isQuiet, { ms });
    return () => {
      this.#drains -= 1;
      this.#watchers.wake();
    };
  }

  /** Forgets a call that has not committed. */
  rollback(call: OwnCall): void {
    if (call.phase !== 'upstream') return;
    this.#calls.delete(call.number);
    this.#watchers.wake();
  }

  /**
   * Commits a call; resolves when that is durable.
   *
   * @throws PaymentRefusal
   */
  commit(call: OwnCall): Promise<void> {
    this.lastUsed = this.#ports.timers.now();
    return new Promise((resolve, reject) => {
      if (!this.#calls.has(call.number)) {
        reject(refuseStore());
        return;
      }
      const stopWaiting = this.#ports.timers.after(patienceMs, () => this.#abandon(call));
      call.onCommit = (refusal) => {
        stopWaiting();
        call.onCommit = undefined;
        if (refusal === undefined) resolve();
        else reject(refusal);
      };
      call.phase = 'answered';
      call.committedAt = this.#ports.clock.latest();
      this.#writer.start();
    });
  }

  /** The client never learns what became of this commit: it is taken back, whatever it was. */
  #abandon(call: OwnCall): void {
    if (!wantsCommit(call)) return;
    call.phase = 'abandoned';
    call.onCommit?.(refuseStore());
    this.#writer.start();
  }

  /** Asked right before the hand-over; `false` when the owner may be dead to the others already. */
  handOver(call: OwnCall, { streaming }: { streaming: boolean }): boolean {
    if (call.phase !== 'committed' || !this.#calls.has(call.number)) return false;
    if (this.#ports.timers.now() >= this.#ports.owner().deadline) return false;
    call.phase = streaming ? 'streaming' : 'handed';
    return true;
  }

  /** A running stream has ended and stays charged. */
  settle(call: OwnCall): void {
    if (call.phase === 'streaming') call.phase = 'handed';
    this.lastUsed = this.#ports.timers.now();
  }

  /** Takes a committed call back by an own write; resolves when durable, or after 5 s. */
  takeBack(call: OwnCall): Promise<void> {
    if (!this.#calls.has(call.number)) return Promise.resolve();
    return new Promise((resolve) => {
      const stopWaiting = this.#ports.timers.after(patienceMs, resolve);
      call.onEnded = () => {
        stopWaiting();
        resolve();
      };
      call.phase = 'undelivered';
      this.#writer.start();
    });
  }

  /** Writes the ends of all calls that are over; resolves when nothing is left to write. */
  async settleNow(): Promise<void> {
    await this.#writer.settle();
  }

  /** This replica lost its ownership: every own call ends as if the process had died. */
  forsake(): void {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    this.#writer.forget();
    for (const call of calls) {
      call.onCommit?.(refuseStore());
      call.onEnded?.();
      call.onLost?.();
    }
    this.#watchers.wake();
  }

  /**
   * Judges and, when the payment is good, reserves its stretch in the same breath: nothing may come
   * between the two.
   */
  #decide(payment: SignedPayment, snapshot: RecordSnapshot | undefined): OwnCall | Judged {
    // What the record last saw of the chain counts only while the chain cannot be read.
    const chain = this.#ports.chain.peek(this.#channelId) ?? snapshot?.record.chain;
    if (snapshot === undefined || chain === undefined) return unexplained;
    const record = advanceToChain(snapshot.record, chain.nonce);
    const limit = this.#ports.rules.getLimit(record, chain, this.#claim);
    const reserved = [...this.#calls.values()].filter(isReserved);
    const verdict = judge(record, payment, {
      reserved: reserved
        .filter((call) => call.payment.nonce === payment.nonce)
        .map((call) => intervalOf(call.payment)),
      limit: limit ?? 0n,
      isOwnerAlive: this.#ports.isOwnerAlive,
    });
    if (verdict.kind === 'accept' || verdict.kind === 'takeOver') {
      if (this.#ports.owner().lost.aborted)
        return { verdict: { kind: 'fenced' }, record, limit: 0n };
      const streams = [...this.#calls.values()].filter(isRunning).length;
      if (reserved.length >= maxReserved || streams >= maxStreams || this.#drains > 0)
        return { verdict: { kind: 'busy' }, record, limit: 0n };
      return this.#reserve(payment, verdict.kind === 'takeOver');
    }
    if (verdict.kind === 'funds' && limit === undefined) return { ...unexplained, record };
    return { verdict, record, limit: limit ?? 0n };
  }

  #reserve(payment: SignedPayment, takesOver: boolean): OwnCall {
    const call: OwnCall = {
      payment,
      number: this.#ports.nextCall(),
      takesOver,
      phase: 'upstream',
      committedAt: 0,
      onCommit: undefined,
      onEnded: undefined,
      onLost: undefined,
    };
    this.#calls.set(call.number, call);
    this.#watchers.wake();
    return call;
  }

  /** Never refuses from a cache: reads the store, and the chain when it has a part in the refusal. */
  async #lookAgain(payment: SignedPayment): Promise<OwnCall | Judged> {
    try {
      await this.#prepare(payment, await this.#writer.refresh());
      const decision = this.#decide(payment, this.#writer.cached);
      if (!('verdict' in decision) || !dependsOnChain(decision)) return decision;
      const chain = await this.#ports.chain.read(this.#channelId);
      if (chain === undefined) throw refuseChannel('the channel is not on the chain any more');
      const { cached } = this.#writer;
      // A channel that nobody has paid on has the chain's nonce, which is known better now.
      const isStored = cached !== undefined && cached.version > 0n;
      const snapshot = isStored ? cached : await this.#writer.refresh();
      await this.#prepare(payment, snapshot);
      return this.#decide(payment, this.#writer.cached ?? snapshot);
    } catch (cause) {
      if (cause instanceof PaymentRefusal) throw cause;
      throw refuseChannel('store or chain cannot be read', cause);
    }
  }

  async #refreshFor(payment: TokenPayment): Promise<void> {
    try {
      await this.#prepare({ ...payment, price: 0n }, await this.#writer.refresh());
    } catch (cause) {
      throw refuseChannel('store or chain cannot be read', cause);
    }
  }

  /** Fetches what a judgement of this payment on this record needs beyond both. */
  async #prepare(
    payment: { nonce: bigint; amount: bigint; price: bigint },
    { record }: RecordSnapshot,
  ): Promise<void> {
    const nonce = (this.#ports.chain.peek(this.#channelId) ?? record.chain)?.nonce;
    if (nonce !== undefined && record.nonce === nonce + 1n && this.#claim?.nonce !== nonce) {
      this.#claim = await readClaim(this.#ports, this.#channelId, record.nonce - 1n);
    }
    const equal = findEqualEntry(record, payment);
    if (equal !== undefined) await this.#ports.probeOwners([equal.owner]);
  }

  /** Waits for the predecessors of a payment to be admitted here or committed anywhere. */
  async #waitForOthers(
    payment: SignedPayment,
    early: Judged,
    signal: AbortSignal,
  ): Promise<OwnCall | Judged> {
    if (this.#watchers.size >= maxReserved || !this.#waitingRoom.enter()) return early;
    try {
      const admit = () => {
        const decision = this.#decide(payment, this.#writer.cached);
        return 'verdict' in decision ? undefined : decision;
      };
      const admitted = await this.#watchers.until(admit, { ms: earlyMs, signal });
      return admitted ?? (await this.#lookAgain(payment));
    } finally {
      this.#waitingRoom.leave();
    }
  }

  #refusalOf(
    { verdict, record, limit }: Judged,
    payment: { nonce: bigint; amount: bigint; price?: bigint },
  ): PaymentRefusal {
    if (verdict.kind === 'busy') return refuseBusy(this.#channelId);
    if (verdict.kind === 'fenced') return refuseStore();
    if (verdict.kind === 'unexplained' || record === undefined) {
      return refuseChannel('the channel has a different nonce in the store and on the chain');
    }
    if (verdict.kind === 'nonce') return refuseNonce(record.nonce, payment.nonce);
    if (verdict.kind === 'funds') return refuseFunds(limit, payment.amount);
    return refuseIncome(record, { price: 0n, ...payment });
  }
}

const unexplained = { verdict: { kind: 'unexplained' }, record: undefined, limit: 0n } as const;

function dependsOnChain({ verdict: { kind } }: Judged): boolean {
  return kind === 'nonce' || kind === 'funds' || kind === 'unexplained';
}
