import { type CounterRecord, emptyCounter } from '../../src/ledger/counter.ts';
import { decodeCounter } from '../../src/ledger/counter-codec.ts';

/**
 * What the world knows of one counter without asking the daemon. P1: what is used covers what was
 * served; P2: at rest it is no more, but for calls that a dead replica lost; P3: the limit holds
 * (ledger.md, sections 14 and 15).
 */
export class CounterBooks {
  record: CounterRecord = emptyCounter;
  /** Amounts of calls that were served, in full as far as is known. */
  served = 0n;
  /** Amounts of calls whose replica died, or lost its lease, while they ran. */
  lost = 0n;
  /** Amounts of all calls that were ever sent. */
  asked = 0n;
  readonly #key: string;
  readonly #limitOf: (record: CounterRecord) => bigint;
  readonly #onFault: (fault: string) => void;

  constructor(
    key: string,
    options: { limitOf(record: CounterRecord): bigint; onFault(fault: string): void },
  ) {
    this.#key = key;
    this.#limitOf = options.limitOf;
    this.#onFault = options.onFault;
  }

  /** The counter was written; tells by how much the plan rose. */
  onApplied(after: Uint8Array): bigint {
    const before = this.record;
    this.record = decodeCounter(after, this.#key);
    const { planned, used } = this.record;
    if (used > this.#limitOf(this.record)) this.#fault(`P3: ${used} used of ${planned} planned`);
    this.#checkServed();
    return planned - before.planned;
  }

  /** The first message of a call goes out. */
  deliver(amount: bigint): void {
    this.served += amount;
    this.#checkServed();
  }

  /** The upstream failed after its first message: that was no service. */
  undeliver(amount: bigint): void {
    this.served -= amount;
  }

  /** P2: nothing runs any more. */
  checkAtRest(): void {
    const { used } = this.record;
    if (used > this.served + this.lost) {
      this.#fault(`P2: ${used} used, ${this.served} served, ${this.lost} lost with their replicas`);
    }
  }

  #checkServed(): void {
    if (this.record.used < this.served) {
      this.#fault(`P1: ${this.record.used} used, ${this.served} served`);
    }
  }

  #fault(fault: string): void {
    this.#onFault(`${fault} (${this.#key})`);
  }
}
