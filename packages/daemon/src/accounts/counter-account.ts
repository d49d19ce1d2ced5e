import type { CounterRecord } from '../ledger/counter.ts';
import { type CounterCall, type CounterCharge, isReserved, isWaiting } from './counter-call.ts';
import type { CounterPorts } from './counter-ports.ts';
import { CounterWriter } from './counter-writer.ts';
import { patienceMs } from './patience.ts';

/**
 * One counter as one replica sees it (ledger.md, section 14): prepaid cogs of a channel, or the free
 * calls of a user. Any number of calls may run at once; none goes beyond the limit.
 */
export class CounterAccount {
  readonly #ports: CounterPorts;
  readonly #calls = new Set<CounterCall>();
  readonly #writer: CounterWriter;
  /** When something last happened here, in milliseconds of the ports' clock. */
  lastUsed = 0;

  constructor(key: string, ports: CounterPorts) {
    this.#ports = ports;
    this.#writer = new CounterWriter(key, ports, this.#calls);
  }

  /** Whether nothing of this account would be missed. */
  get isIdle(): boolean {
    return this.#calls.size === 0 && !this.#writer.isBusy;
  }

  /**
   * Admits a call that the counter still has room for, and reserves its part.
   *
   * @throws PaymentRefusal after a fresh look at the store
   */
  async begin(charge: CounterCharge): Promise<CounterCall> {
    this.lastUsed = this.#ports.timers.now();
    if (this.#ports.ownership.owner().lost.aborted) throw charge.refuseStore();
    const cached = this.#writer.cached;
    if (cached !== undefined && this.#hasRoom(charge, cached)) return this.#reserve(charge);
    let record: CounterRecord;
    try {
      ({ record } = await this.#writer.refresh());
    } catch (cause) {
      throw charge.refuseStore(cause);
    }
    if (!this.#hasRoom(charge, record)) {
      // What runs counts: "none of 100 made" would be no reason.
      throw charge.refuseOver({ ...record, used: record.used + this.#reservedBeside(record) });
    }
    return this.#reserve(charge);
  }

  /** Forgets a call that has not committed. */
  rollback(call: CounterCall): void {
    if (call.phase !== 'upstream') return;
    this.#calls.delete(call);
    call.phase = 'over';
  }

  /**
   * Charges a call; resolves when that is durable.
   *
   * @throws PaymentRefusal
   */
  commit(call: CounterCall): Promise<void> {
    this.lastUsed = this.#ports.timers.now();
    return new Promise((resolve, reject) => {
      if (!this.#calls.has(call)) {
        reject(call.charge.refuseStore());
        return;
      }
      if (call.charge.amount === 0n) {
        call.phase = 'committed';
        resolve();
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
      this.#writer.start();
    });
  }

  /** The client never learns what became of this commit: it is taken back, whatever it was. */
  #abandon(call: CounterCall): void {
    if (!isWaiting(call)) return;
    call.phase = 'abandoned';
    call.onCommit?.(call.charge.refuseStore());
    this.#writer.start();
  }

  /** Asked right before the hand-over; `false` when this replica may count as dead already. */
  handOver(call: CounterCall, _how: { streaming: boolean }): boolean {
    if (call.phase !== 'committed' || !this.#calls.has(call)) return false;
    const { ownership, timers } = this.#ports;
    if (timers.now() >= ownership.owner().deadline) return false;
    call.phase = 'handed';
    return true;
  }

  /** The call is over and stays charged. */
  settle(call: CounterCall): void {
    if (call.phase !== 'committed' && call.phase !== 'handed') return;
    this.#calls.delete(call);
    call.phase = 'over';
  }

  /** Takes a charge back by a write; resolves when durable, or after 5 s, when it goes on behind. */
  takeBack(call: CounterCall): Promise<void> {
    if (!this.#calls.has(call)) return Promise.resolve();
    if (call.phase === 'upstream') this.rollback(call);
    else this.#abandon(call);
    if (call.phase !== 'committed' && call.phase !== 'handed') return Promise.resolve();
    if (call.charge.amount === 0n) {
      this.settle(call);
      return Promise.resolve();
    }
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

  /** Resolves when nothing is left to write. */
  async settleNow(): Promise<void> {
    await this.#writer.rest();
  }

  /** This replica lost its ownership: every own call ends as if the process had died. */
  forsake(): void {
    const calls = [...this.#calls];
    this.#calls.clear();
    this.#writer.forget();
    for (const call of calls) {
      call.phase = 'over';
      call.onCommit?.(call.charge.refuseStore());
      call.onEnded?.();
      call.onLost?.();
    }
  }

  #hasRoom(charge: CounterCharge, record: CounterRecord): boolean {
    const limit = charge.limitOf(record);
    if (limit === undefined) return true;
    return record.used + this.#reservedBeside(record) + charge.amount <= limit;
  }

  /** What own calls will take that the record does not have yet. */
  #reservedBeside(record: CounterRecord): bigint {
    const applied = this.#writer.appliedIn(record);
    let reserved = 0n;
    for (const call of this.#calls) if (isReserved(call)) reserved += call.charge.amount;
    for (const call of applied) if (isReserved(call)) reserved -= call.charge.amount;
    return reserved;
  }

  #reserve(charge: CounterCharge): CounterCall {
    const call: CounterCall = {
      charge,
      phase: 'upstream',
      onCommit: undefined,
      onEnded: undefined,
      onLost: undefined,
    };
    this.#calls.add(call);
    return call;
  }
}
