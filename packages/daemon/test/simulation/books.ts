import { contains, intervalOf, overlaps, totalLength } from '../../src/ledger/intervals.ts';
import type { ChannelRecord, ClaimRecord, Entry } from '../../src/ledger/record.ts';
import { getTop } from '../../src/ledger/top.ts';
import type { SimulatedPayment } from './network.ts';

/** A payment that somebody was served for, in full as far as is known. */
interface Delivery {
  readonly payment: SimulatedPayment;
  /** Servings whose upstream has not failed. */
  times: number;
}

/**
 * What the world knows of one channel's money without asking the daemon: what was served, what claims
 * took, who died. The invariants of ledger.md, section 12, compare the store with it.
 */
export class Books {
  /** Taken by claims that are over. */
  claimed = 0n;
  /** Served, and claimed by nobody or not through the daemon. */
  lost = 0n;
  /** Cogs that bought prepaid calls. */
  bought = 0n;
  /** What the transactions of claims took, by nonce. */
  readonly landed = new Map<bigint, bigint>();
  readonly claims = new Map<bigint, ClaimRecord>();
  record: ChannelRecord;
  readonly #deliveries = new Map<string, Delivery>();
  #servedSum = 0n;
  /** Prices of orphans that were dropped for their age or number, and of those that were there before. */
  #dropped = new Map<string, bigint>();
  readonly #deaths = new Map<string, number>();

  constructor(record: ChannelRecord) {
    this.record = record;
  }

  /** Distinct payments that were served. */
  get deliveries(): readonly SimulatedPayment[] {
    return [...this.#deliveries.values()].map(({ payment }) => payment);
  }

  /** Sum of their prices. */
  get servedSum(): bigint {
    return this.#servedSum;
  }

  /** The first message of a payment goes out. */
  deliver(payment: SimulatedPayment): void {
    const name = nameOf(payment);
    const known = this.#deliveries.get(name);
    if (known !== undefined) known.times += 1;
    else {
      this.#deliveries.set(name, { payment, times: 1 });
      this.#servedSum += payment.price;
    }
  }

  /** The upstream failed after the first message: that was no service. */
  undeliver(payment: SimulatedPayment): void {
    const name = nameOf(payment);
    const known = this.#deliveries.get(name);
    if (known === undefined) return;
    known.times -= 1;
    if (known.times > 0) return;
    this.#deliveries.delete(name);
    this.#servedSum -= payment.price;
  }

  /** The owner of a listed payment died holding it. */
  die(entry: Entry): void {
    const name = nameOf(entry);
    this.#deaths.set(name, (this.#deaths.get(name) ?? 0) + 1);
  }

  /** An orphan was dropped: its client has paid for nothing, as ledger.md 6.6 allows. */
  drop(entry: Entry): void {
    this.#dropped.set(nameOf(entry), entry.price);
  }

  /** I1 and I2 (ledger.md, sections 10 and 12): what is charged is what was served or is still listed. */
  checkConservation(): string | undefined {
    const { record, claimed, lost } = this;
    let pending = 0n;
    for (const { actual } of this.claims.values()) pending += actual;
    const current = getTop(record).amount - totalLength(record.open) - record.credit;
    let listed = 0n;
    for (const entry of record.entries) {
      if (!this.#deliveries.has(nameOf(entry))) listed += entry.price;
    }
    for (const [name, price] of this.#dropped) if (!this.#deliveries.has(name)) listed += price;
    const charged = claimed + lost + pending + current;
    const owed = this.#servedSum + this.bought + listed;
    if (charged === owed) return undefined;
    const name = charged < owed ? 'I1' : 'I2';
    return (
      `${name}: charged ${charged} (claimed ${claimed}, lost ${lost}, pending ${pending}, ` +
      `current ${current}), served ${this.#servedSum}, bought ${this.bought}, listed ${listed}`
    );
  }

  /** I3 (ledger.md, section 12), for a payment that is about to be served. */
  checkServing(payment: SimulatedPayment): string | undefined {
    if (payment.price === 0n) return undefined;
    const name = nameOf(payment);
    const times = (this.#deliveries.get(name)?.times ?? 0) + 1;
    const deaths = this.#deaths.get(name) ?? 0;
    if (times > 1 + deaths) {
      return `I3: ${name} is served ${times} times, and ${deaths} of its owners died`;
    }
    const interval = intervalOf(payment);
    for (const [other, delivery] of this.#deliveries) {
      if (other === name || delivery.payment.nonce !== payment.nonce) continue;
      if (overlaps(intervalOf(delivery.payment), interval)) {
        return `I3: ${name} and ${other} overlap, and both are served`;
      }
    }
    return undefined;
  }

  /** I1: what was served at the record's nonce is consumed. */
  checkConsumed(): string | undefined {
    const { record } = this;
    const top = getTop(record).amount;
    for (const { payment } of this.#deliveries.values()) {
      if (payment.nonce !== record.nonce || payment.price === 0n) continue;
      const isOpen = record.open.some((open) => contains(open, intervalOf(payment)));
      if (isOpen) return `I1: ${nameOf(payment)} was served and is open`;
      if (payment.amount > top) return `I1: ${nameOf(payment)} was served above the top ${top}`;
    }
    return undefined;
  }
}

/** Nonce, amount and price: what makes a payment this one. */
export function nameOf({ nonce, amount, price }: SimulatedPayment): string {
  return `${nonce}/${amount}/${price}`;
}
