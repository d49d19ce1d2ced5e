import { channelKey } from '../../src/accounts/read-record.ts';
import { PaymentRefusal } from '../../src/call/payment-refusal.ts';
import type { ChannelOnChain } from '../../src/chain/chain-view.ts';
import { type ChannelRecord, emptyRecord } from '../../src/ledger/record.ts';
import { encodeChannelRecord } from '../../src/ledger/record-codec.ts';
import { checkAnswer } from './check-answer.ts';
import type { CounterBooks } from './counter-books.ts';
import { type CounterKind, counterKeyOf, payByCounter } from './counter-payments.ts';
import { type Injections, noInjections } from './injections.ts';
import type { Plant } from './mutants/mutant.ts';
import type { Attempt, SimulatedNetwork, SimulatedPayment, SimulatedState } from './network.ts';
import type { SimulationOptions } from './options.ts';
import { Provider } from './provider.ts';
import { carryCall, headersOf, ownGroup, type Replica, startReplica } from './replica.ts';
import { Scheduler } from './scheduler.ts';
import { SimulatedChain } from './simulated-chain.ts';
import { SimulatedExchange, type UpstreamPlan } from './simulated-exchange.ts';
import { clientAddress, signatureOf } from './simulated-signatures.ts';
import { SimulatedStore } from './simulated-store.ts';
import { Witness } from './witness.ts';

/** Blocks from now on that a fresh channel lives. */
const lifetime = 1_000_000n;
/** How long a killed replica's lease may outlive it. */
const longestLingerMs = 10_000;
/** Seconds: some of the dead died more than a day ago. */
const oldest = 100_000;
/** Faults after which a schedule is stopped: the first ones tell. */
const enoughFaults = 3;

/** How a payment is sent when chance does not decide it. */
export interface SendOptions {
  /** Index of the replica. */
  readonly at?: number;
  readonly plan?: UpstreamPlan;
  readonly mayLeave?: boolean;
}

/** How a world is made. */
export interface WorldOptions {
  readonly draws?: readonly number[] | undefined;
  readonly isTraced?: boolean | undefined;
  /** The wrong turns of a mutant. */
  readonly plant?: Plant | undefined;
}

/** One channel of a world, with whoever claims it. */
export interface SimulatedChannel {
  readonly id: bigint;
  readonly witness: Witness;
  readonly provider: Provider;
}

/** A call on a counter. */
interface CounterCall {
  readonly replica: Replica;
  readonly books: CounterBooks;
  readonly amount: bigint;
  /** Its replica died, or lost its lease: nobody takes it back any more. */
  isForsaken: boolean;
}

/** Store, chain, providers and replicas of one schedule, and all that was sent to them. */
export class World {
  readonly scheduler: Scheduler;
  readonly options: SimulationOptions;
  readonly injected: Injections = noInjections();
  readonly store: SimulatedStore;
  readonly chain: SimulatedChain;
  readonly channels: readonly SimulatedChannel[];
  readonly replicas: Replica[] = [];
  readonly attempts: Attempt[] = [];
  readonly faults: string[] = [];
  /** Replicas that died, or lost their lease. */
  deaths = 0;
  /** Clients send no more. */
  isOver = false;
  readonly #counterCalls = new Map<SimulatedExchange, CounterCall>();
  /** Counters that the clients of this schedule use. */
  readonly counterKeys: readonly string[];

  readonly plant: Plant;

  constructor(options: SimulationOptions, { draws, isTraced, plant = {} }: WorldOptions = {}) {
    this.options = options;
    this.plant = plant;
    const scheduler = new Scheduler({ seed: options.seed, draws, isTraced });
    this.scheduler = scheduler;
    const { injected } = this;
    const onFault = (fault: string) => this.fault(fault);
    this.store = new SimulatedStore({
      scheduler,
      faults: options,
      injected,
      batch: plant.batch,
      witness: {
        onApplied: (writes) => {
          for (const { witness } of this.channels) witness.onApplied(writes);
        },
        onOwnerDead: (owner) => {
          for (const { witness } of this.channels) witness.onOwnerDead(owner);
        },
        onFault,
      },
    });
    const ids = Array.from({ length: options.channels }, (_, index) => 7n + BigInt(index));
    this.chain = new SimulatedChain(
      scheduler,
      ids.map((id) => makeChannel(id, options.value)),
      ({ channelId }) => this.#witnessOf(channelId).onChain(),
    );
    const ports = {
      channel: (id: bigint) => this.chain.channel(id),
      isReorganised: (id: bigint) => this.chain.isReorganised(id),
      isAlive: (owner: string) => this.store.isAlive(owner),
      wallSeconds: scheduler.timers(() => false).wallSeconds,
      step: () => scheduler.step,
      onFault,
    };
    this.counterKeys = ids.flatMap((id) => [
      ...(options.clients.includes('token') ? [counterKeyOf('prepaid', id)] : []),
      ...(options.clients.includes('free') ? [counterKeyOf('free', id)] : []),
    ]);
    this.channels = ids.map((id) => {
      const record = this.#prepare(id);
      const witness = new Witness(id, record, ports);
      const provider = new Provider({
        channelId: id,
        chain: this.chain,
        scheduler,
        books: witness.books,
        injected,
        pickReplica: () => scheduler.pick(this.replicas),
        onFault,
      });
      witness.onClaimStarted = (claim) => provider.onStarted(claim);
      return { id, witness, provider };
    });
  }

  /** What an earlier life of the daemon left. */
  #prepare(id: bigint): ChannelRecord {
    const { orphans } = this.options;
    const empty = emptyRecord(id, 0n);
    if (orphans === 0) return empty;
    const { wallSeconds } = this.scheduler.timers(() => false);
    const entries = Array.from({ length: orphans }, (_, index) => {
      const amount = BigInt(index + 1);
      const signature = signatureOf({ channelId: id, nonce: 0n, amount });
      const committedAt = wallSeconds() - Math.floor((1 - this.scheduler.random()) * oldest);
      return {
        nonce: 0n,
        amount,
        price: 1n,
        signature,
        owner: 'ff'.repeat(16),
        call: amount,
        committedAt,
      };
    });
    const record = { ...empty, entries };
    this.store.values.set(channelKey(id), { value: encodeChannelRecord(record), version: 1n });
    return record;
  }

  #witnessOf(id: bigint): Witness {
    return (this.channels[Number(id - 7n)] as SimulatedChannel).witness;
  }

  /** Something that must never happen has happened. */
  fault(fault: string): void {
    this.scheduler.note(`  FAULT ${fault}`);
    if (this.faults.length < enoughFaults) this.faults.push(fault);
  }

  /** Starts the replica of an index; what ran under it before is gone. */
  async start(index: number): Promise<void> {
    this.replicas[index] = await startReplica(`r${index}`, this);
  }

  /** As `kill -9`: what was sent to the store may still apply, nothing else happens any more. */
  async kill(index = this.#pickIndex()): Promise<void> {
    const { scheduler, injected, options } = this;
    const replica = this.#replica(index);
    this.deaths += 1;
    injected.kills += 1;
    const lingers = scheduler.chance(options.linger);
    if (lingers) injected.lingering += 1;
    const lingerMs = lingers ? longestLingerMs * scheduler.random() : 0;
    replica.connection.kill({ lingerMs });
    await this.start(index);
    for (const exchange of replica.running) exchange.lose();
    this.#noteLost(replica);
  }

  /** What a dead replica had not delivered may stay counted: these payments have no identity. */
  #noteLost(replica: Replica): void {
    for (const [exchange, call] of this.#counterCalls) {
      const isServed = exchange.delivered && !exchange.failedLater;
      if (call.replica !== replica || call.isForsaken) continue;
      call.isForsaken = true;
      if (!isServed) call.books.lost += call.amount;
    }
  }

  /** A replica's lease runs out; the replica notices later, the others perhaps before it. */
  loseLease(): void {
    this.deaths += 1;
    this.injected.leasesLost += 1;
    const replica = this.#replica(this.#pickIndex());
    replica.connection.lose(() => this.#noteLost(replica));
  }

  /** What the clients of a channel see. */
  network({ id, witness }: SimulatedChannel): SimulatedNetwork {
    const { scheduler, options, injected, faults } = this;
    const isOver = () => this.isOver || faults.length >= enoughFaults;
    return {
      scheduler,
      options,
      injected,
      faults,
      get isOver() {
        return isOver();
      },
      send: (payment) => this.send(id, payment).exchange,
      sendByCounter: (kind, amount) => this.sendByCounter(kind, id, amount),
      buyToken: (payment) => this.buyToken(id, payment),
      readState: () => this.#readState(id, witness),
    };
  }

  /** Sends a payment to a replica. */
  send(
    channelId: bigint,
    payment: SimulatedPayment,
    { at = this.#pickIndex(), plan, mayLeave = true }: SendOptions = {},
  ): Attempt {
    const { scheduler, options, injected } = this;
    const replica = this.#replica(at);
    const { isDead, holds } = replica.connection;
    const witness = this.#witnessOf(channelId);
    const exchange = new SimulatedExchange({
      scheduler,
      injected,
      metadata: headersOf(channelId, payment, options),
      plan: plan ?? scheduler.pick(options.plans),
      isDead,
    });
    const attempt: Attempt = { ...payment, channelId, exchange, sentStep: scheduler.step };
    this.attempts.push(attempt);
    injected.calls += 1;
    let isCounted = false;
    exchange.onRelease = () => {
      if (exchange.ended !== undefined && exchange.ended.code !== 0) return;
      isCounted = true;
      injected.delivered += 1;
      witness.onHandOver(payment, holds);
    };
    exchange.onFailedLater = () => {
      if (isCounted) witness.onFailedLater(payment);
    };
    void exchange.clientEnd.then((end) => {
      const fault = checkAnswer(end, attempt, witness.history);
      if (fault !== undefined) this.fault(fault);
    });
    if (mayLeave && scheduler.chance(options.leave)) {
      scheduler.later('client leaves', () => exchange.leave());
    }
    scheduler.note(
      `call ${channelId}: nonce ${payment.nonce}, amount ${payment.amount}, price ${payment.price} to r${at}`,
    );
    carryCall(replica, exchange, {
      payment: replica.escrow,
      price: payment.price,
      onFault: (fault) => this.fault(`the daemon failed: ${fault}`),
    });
    return attempt;
  }

  /** Sends a prepaid or free call to a replica. */
  sendByCounter(
    kind: CounterKind,
    channelId: bigint,
    amount: bigint,
    { at = this.#pickIndex(), plan, mayLeave = true }: SendOptions = {},
  ): SimulatedExchange {
    const { scheduler, options, injected, plant } = this;
    const replica = this.#replica(at);
    const books = this.#witnessOf(channelId)[kind];
    const exchange = new SimulatedExchange({
      scheduler,
      injected,
      metadata: {},
      plan: plan ?? scheduler.pick(options.plans),
      isDead: replica.connection.isDead,
    });
    const call = { replica, books, amount, isForsaken: false };
    this.#counterCalls.set(exchange, call);
    injected.calls += 1;
    injected.counterCalls += 1;
    books.asked += amount;
    let isCounted = false;
    exchange.onRelease = () => {
      if (exchange.ended !== undefined && exchange.ended.code !== 0) return;
      isCounted = true;
      injected.delivered += 1;
      books.deliver(amount);
    };
    exchange.onFailedLater = () => {
      if (!isCounted) return;
      books.undeliver(amount);
      if (call.isForsaken) books.lost += amount;
    };
    if (mayLeave && scheduler.chance(options.leave)) {
      scheduler.later('client leaves', () => exchange.leave());
    }
    scheduler.note(`${kind} call ${channelId}: ${amount} to r${at}`);
    carryCall(replica, exchange, {
      payment: payByCounter(replica.counters, { kind, channelId, plant }),
      price: amount,
      onFault: (fault) => this.fault(`the daemon failed: ${fault}`),
    });
    return exchange;
  }

  /** Buys prepaid calls at some replica; `false` when that was refused, or nobody answered. */
  async buyToken(channelId: bigint, payment: Omit<SimulatedPayment, 'price'>): Promise<boolean> {
    const { nonce, amount } = payment;
    const timeout = Promise.withResolvers<boolean>();
    const stopWaiting = this.scheduler.after(8_000, () => timeout.resolve(false));
    const { tokens } = this.scheduler.pick(this.replicas);
    const signature = signatureOf({ channelId, nonce, amount });
    this.scheduler.note(`token ${channelId}: nonce ${nonce}, amount ${amount}`);
    const bought = tokens.commit({ channelId, nonce, amount, signature }).then(
      () => {
        this.injected.tokens += 1;
        return true;
      },
      (fault: unknown) => {
        if (!(fault instanceof PaymentRefusal)) this.fault(`GetToken failed: ${fault}`);
        return false;
      },
    );
    const isBought = await Promise.race([bought, timeout.promise]);
    stopWaiting();
    return isBought;
  }

  async #readState(id: bigint, witness: Witness): Promise<SimulatedState | undefined> {
    const { store } = this.scheduler.pick(this.replicas).connection;
    const timeout = Promise.withResolvers<undefined>();
    const stopWaiting = this.scheduler.after(1_000, () => timeout.resolve(undefined));
    const read = store.get(channelKey(id)).then(
      () => witness.getState(),
      () => undefined,
    );
    const state = await Promise.race([read, timeout.promise]);
    stopWaiting();
    return state;
  }

  /** Whether nobody has anything left to do. */
  isAtRest(): boolean {
    return this.scheduler.isQuiet && this.replicas.every(({ isIdle }) => isIdle());
  }

  #replica(index: number): Replica {
    return this.replicas[index] as Replica;
  }

  #pickIndex(): number {
    const { length } = this.replicas;
    return length === 1 ? 0 : Math.floor(this.scheduler.random() * length);
  }
}

function makeChannel(channelId: bigint, value: bigint): ChannelOnChain {
  return {
    channelId,
    nonce: 0n,
    sender: clientAddress,
    signer: clientAddress,
    ...ownGroup,
    value,
    expiration: lifetime,
    block: 1n,
  };
}
