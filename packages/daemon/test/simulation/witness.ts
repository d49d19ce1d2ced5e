import { channelKey, claimKey } from '../../src/accounts/read-record.ts';
import type { ChannelOnChain } from '../../src/chain/chain-view.ts';
import { advanceToChain } from '../../src/ledger/advance.ts';
import { totalLength } from '../../src/ledger/intervals.ts';
import { isOrphan } from '../../src/ledger/judge.ts';
import { maxOrphanAgeSeconds, maxOrphans } from '../../src/ledger/prune-orphans.ts';
import type { ChannelRecord, ClaimRecord } from '../../src/ledger/record.ts';
import { decodeChannelRecord, decodeClaimRecord } from '../../src/ledger/record-codec.ts';
import { getTop } from '../../src/ledger/top.ts';
import { Books, nameOf } from './books.ts';
import { CounterBooks } from './counter-books.ts';
import { type CounterKind, counterKeyOf, limitOf } from './counter-payments.ts';
import { History } from './history.ts';
import type { SimulatedPayment, SimulatedState } from './network.ts';
import { isSignatureOf } from './simulated-signatures.ts';
import type { AppliedWrite } from './simulated-store.ts';

/** What a {@link Witness} may ask. */
export interface WitnessPorts {
  channel(id: bigint): ChannelOnChain;
  isReorganised(id: bigint): boolean;
  isAlive(owner: string): boolean;
  wallSeconds(): number;
  step(): number;
  onFault(fault: string): void;
}

/**
 * Looks on at one channel: after every write, every change on the chain and every hand-over, the
 * invariants of ledger.md, section 12, must hold.
 */
export class Witness {
  readonly id: bigint;
  readonly books: Books;
  readonly history: History;
  readonly prepaid: CounterBooks;
  readonly free: CounterBooks;
  readonly #prepaidKey: string;
  readonly #freeKey: string;
  /** Told of each claim that is started. */
  onClaimStarted: (claim: ClaimRecord) => void = () => {};
  readonly #ports: WitnessPorts;
  readonly #key: string;
  readonly #claimPrefix: string;
  /** Highest nonce that the chain ever had: a reorganisation does not unsay what was signed at it. */
  #highestNonce: bigint;
  /** A nonce that the sender's time-out brought while a claim was on its way: what it covers is gone. */
  #overtakenNonce = -1n;

  constructor(id: bigint, record: ChannelRecord, ports: WitnessPorts) {
    this.id = id;
    this.#ports = ports;
    this.books = new Books(record);
    const channel = ports.channel(id);
    this.#highestNonce = channel.nonce;
    this.history = new History(
      { nonce: record.nonce, top: getTop(record).amount, pending: [] },
      channel,
    );
    this.#key = channelKey(id);
    this.#prepaidKey = counterKeyOf('prepaid', id);
    this.#freeKey = counterKeyOf('free', id);
    const makeBooks = (kind: CounterKind) =>
      new CounterBooks(counterKeyOf(kind, id), {
        limitOf: (counter) => limitOf(kind, counter),
        onFault: (fault) => ports.onFault(fault),
      });
    this.prepaid = makeBooks('prepaid');
    this.free = makeBooks('free');
    this.#claimPrefix = claimKey(id, 0n).slice(0, -1);
  }

  /** An item has applied: the channel's record, its claims, or both. */
  onApplied(writes: readonly AppliedWrite[]): void {
    let isMine = false;
    for (const { key, after } of writes) {
      if (key !== this.#prepaidKey || after === undefined) continue;
      this.books.bought += this.prepaid.onApplied(after);
      isMine = true;
    }
    for (const { key, after } of writes) {
      if (key === this.#freeKey && after !== undefined) this.free.onApplied(after);
    }
    let next: ChannelRecord | undefined;
    for (const { key, before, after } of writes) {
      if (key === this.#key && after !== undefined) {
        next = decodeChannelRecord(after, key);
        isMine = true;
      } else if (key.startsWith(this.#claimPrefix)) {
        this.#onClaim(key, before, after);
        isMine = true;
      }
    }
    if (!isMine) return;
    if (next !== undefined) this.#onRecord(next);
    this.#noteRecord();
    this.#check();
  }

  #onClaim(key: string, before: Uint8Array | undefined, after: Uint8Array | undefined): void {
    const { books } = this;
    if (after !== undefined) {
      const claim = decodeClaimRecord(after, key);
      books.claims.set(claim.nonce, claim);
      this.onClaimStarted(claim);
      const { channelId, nonce, amount, signature, actual } = claim;
      if (!isSignatureOf(signature, { channelId, nonce, amount })) {
        this.#fault(`I4: the claim's signature is not over (${nonce}, ${amount})`);
      }
      if (actual > amount) this.#fault(`I4: a claim of ${amount} says that ${actual} was served`);
      return;
    }
    if (before === undefined) return;
    const claim = decodeClaimRecord(before, key);
    const taken = books.landed.get(claim.nonce) ?? 0n;
    books.claims.delete(claim.nonce);
    books.claimed += taken;
    if (claim.actual > taken) books.lost += claim.actual - taken;
  }

  #onRecord(next: ChannelRecord): void {
    const { books } = this;
    const last = books.record;
    books.record = next;
    if (next.nonce !== last.nonce && !books.claims.has(last.nonce)) {
      // Somebody else has moved the nonce: what it still owed is the provider's loss.
      if (next.nonce > this.#highestNonce) this.#fault(`I6: nonce ${next.nonce} without a claim`);
      books.lost += getTop(last).amount - totalLength(last.open);
    }
    this.#noteDropped(last, next);
    for (const { owner, call, ...entry } of next.entries) {
      const isNew = !last.entries.some((known) => known.owner === owner && known.call === call);
      if (isNew && owner !== '' && !this.#ports.isAlive(owner))
        books.die({ ...entry, owner, call });
    }
  }

  /** ledger.md 6.6: orphans that are too old or too many are settled. */
  #noteDropped(last: ChannelRecord, next: ChannelRecord): void {
    if (next.entries.length >= last.entries.length) return;
    const isAlive = (owner: string) => this.#ports.isAlive(owner);
    const orphans = last.entries.filter((entry) => isOrphan(entry, isAlive));
    const now = this.#ports.wallSeconds();
    const kept = new Set(next.entries.map(nameOf));
    for (const entry of orphans) {
      if (kept.has(nameOf(entry))) continue;
      const isOld = now - entry.committedAt > maxOrphanAgeSeconds;
      if (isOld || orphans.length > maxOrphans) this.books.drop(entry);
    }
  }

  /** The chain has changed. */
  onChain(): void {
    const channel = this.#ports.channel(this.id);
    const { step } = this.#ports;
    if (channel.nonce > this.#highestNonce) {
      this.#highestNonce = channel.nonce;
      const { claims, landed } = this.books;
      const last = channel.nonce - 1n;
      if (claims.has(last) && !landed.has(last)) this.#overtakenNonce = channel.nonce;
    }
    this.history.chain.push({ ...channel, step: step() });
    this.#check();
  }

  /** An owner's lease is gone. */
  onOwnerDead(owner: string): void {
    for (const entry of this.books.record.entries) if (entry.owner === owner) this.books.die(entry);
  }

  /** The first message of a payment goes out in the name of a replica. */
  onHandOver(payment: SimulatedPayment, holds: (owner: string) => boolean): void {
    const fault = this.books.checkServing(payment);
    if (fault !== undefined) this.#fault(fault);
    const isAnsweredFor = this.books.record.entries.some(
      (entry) => nameOf(entry) === nameOf(payment) && holds(entry.owner),
    );
    if (!isAnsweredFor) {
      this.#fault('I3: handed over although no living owner answers for it');
    }
    this.books.deliver(payment);
    this.#check();
  }

  /** The upstream failed after its first message. */
  onFailedLater(payment: SimulatedPayment): void {
    this.books.undeliver(payment);
    this.#check();
  }

  /** The channel as a daemon that sees everything would tell it now. */
  getState(): SimulatedState {
    const record = advanceToChain(this.books.record, this.#ports.channel(this.id).nonce);
    return { nonce: record.nonce, top: getTop(record).amount };
  }

  #noteRecord(): void {
    const { record, claims } = this.books;
    const pending = [...claims.values()].map(({ amount }) => amount);
    this.history.records.push({
      step: this.#ports.step(),
      nonce: record.nonce,
      top: getTop(record).amount,
      pending,
    });
  }

  #fault(fault: string): void {
    this.#ports.onFault(`${fault} (channel ${this.id})`);
  }

  #check(): void {
    const conservation = this.books.checkConservation() ?? this.books.checkConsumed();
    if (conservation !== undefined) this.#fault(conservation);
    this.#checkRecord();
    if (!this.#ports.isReorganised(this.id)) this.#checkChain();
  }

  /** I4: the record is well formed. */
  #checkRecord(): void {
    const { record } = this.books;
    const { nonce, open } = record;
    const { amount, signature } = getTop(record);
    if (amount > 0n && !isSignatureOf(signature, { channelId: this.id, nonce, amount })) {
      this.#fault(`I4: the signature is not over the top (${nonce}, ${amount})`);
    }
    for (let index = 0; index < open.length; index += 1) {
      const { from, to } = open[index] as (typeof open)[number];
      const before = open[index - 1];
      if (from >= to || to >= amount || (before !== undefined && from <= before.to)) {
        this.#fault(`I4: the open stretch (${from}, ${to}] is out of order, the top is ${amount}`);
      }
    }
  }

  /** I6: the nonce is the chain's, or one ahead while a claim is pending; all of it is covered. */
  #checkChain(): void {
    const { record, claims } = this.books;
    const { nonce, value } = this.#ports.channel(this.id);
    if (record.nonce > nonce && !(record.nonce === nonce + 1n && claims.has(nonce))) {
      this.#fault(`I6: nonce ${record.nonce}, on the chain ${nonce}`);
    }
    if (record.nonce < nonce || nonce === this.#overtakenNonce) return;
    const pending = claims.get(nonce)?.amount ?? 0n;
    const top = getTop(record).amount;
    if (top + pending > value) {
      this.#fault(`I6: top ${top} and claim ${pending} of ${value}`);
    }
  }
}
