import type { ChannelOnChain } from '../../src/chain/chain-view.ts';
import { advanceToChain } from '../../src/ledger/advance.ts';
import { totalLength } from '../../src/ledger/intervals.ts';
import type { ChannelRecord } from '../../src/ledger/record.ts';
import { decodeChannelRecord } from '../../src/ledger/record-codec.ts';
import { getTop } from '../../src/ledger/top.ts';
import type { Books } from './books.ts';
import type { Attempt, SimulatedNetwork, SimulatedPayment, SimulatedState } from './network.ts';
import type { SimulationOptions } from './options.ts';
import { Provider } from './provider.ts';
import { carryCall, channelId, type Replica, startReplica } from './replica.ts';
import { Scheduler } from './scheduler.ts';
import { SimulatedChain } from './simulated-chain.ts';
import { SimulatedExchange, type UpstreamPlan } from './simulated-exchange.ts';
import { SimulatedStore } from './simulated-store.ts';

const channelKey = 'channel/7';

const onChain: ChannelOnChain = {
  channelId,
  nonce: 0n,
  sender: `0x${'11'.repeat(20)}`,
  signer: `0x${'11'.repeat(20)}`,
  recipient: `0x${'22'.repeat(20)}`,
  groupId: `0x${'33'.repeat(32)}`,
  value: 0n,
  expiration: 1_000_000n,
  block: 1n,
};

/** How a payment is sent when chance does not decide it. */
export interface SendOptions {
  /** Index of the replica. */
  readonly at?: number;
  readonly plan?: UpstreamPlan;
  readonly mayLeave?: boolean;
}

/** Store, chain, provider and replicas of one schedule, and all that was sent to them. */
export class World implements SimulatedNetwork {
  readonly scheduler: Scheduler;
  readonly options: SimulationOptions;
  readonly store: SimulatedStore;
  readonly chain: SimulatedChain;
  readonly provider: Provider;
  readonly books: Books = { claimed: 0n, lost: 0n, starts: 0, outside: 0 };
  readonly replicas: Replica[] = [];
  readonly attempts: Attempt[] = [];
  readonly faults: string[] = [];
  /** Replicas that died, or lost their lease. */
  deaths = 0;

  constructor(options: SimulationOptions) {
    this.options = options;
    const scheduler = new Scheduler(options.seed);
    this.scheduler = scheduler;
    this.store = new SimulatedStore(scheduler, options);
    this.chain = new SimulatedChain(scheduler, { ...onChain, value: options.value });
    const { store } = this.store.connect('provider', { isReliable: true });
    this.provider = new Provider({ store, chain: this.chain, scheduler, books: this.books });
    this.store.onWrite = (key, before, after) => this.#watchWrite(key, before, after);
  }

  /** Starts the replica of an index; what ran under it before is gone. */
  async start(index: number): Promise<void> {
    this.replicas[index] = await startReplica(`r${index}`, this);
  }

  /** As `kill -9`: what was sent to the store may still apply, nothing else happens any more. */
  async kill(): Promise<void> {
    const index = this.#pickIndex();
    const replica = this.#replica(index);
    this.deaths += 1;
    replica.connection.kill();
    await this.start(index);
    for (const exchange of replica.running) exchange.lose();
  }

  /** A replica's lease runs out; the replica notices later, the others perhaps before it. */
  loseLease(): void {
    this.deaths += 1;
    this.#replica(this.#pickIndex()).connection.lose();
  }

  /** Somebody claims the channel without the daemons' knowledge. */
  claimOutside(): void {
    const { provider, chain, books } = this;
    if (provider.isClaiming || (this.getRecord()?.nonce ?? 0n) > chain.channel.nonce) return;
    books.outside += 1;
    chain.change({ nonce: chain.channel.nonce + 1n });
  }

  send(payment: SimulatedPayment, { at, plan, mayLeave = true }: SendOptions = {}) {
    const { scheduler, options, faults } = this;
    const replica = this.#replica(at ?? this.#pickIndex());
    const { isDead } = replica.connection;
    const exchange = new SimulatedExchange(
      scheduler,
      plan ?? scheduler.pick(options.plans),
      isDead,
    );
    exchange.onRelease = () => this.#checkRelease(replica, exchange, payment);
    this.attempts.push({ ...payment, exchange });
    if (mayLeave && scheduler.chance(options.leave)) {
      scheduler.later('client leaves', () => exchange.leave());
    }
    carryCall(replica, exchange, payment, {
      allowGap: options.gap,
      onFault: (fault) => faults.push(`the daemon failed: ${fault}`),
    });
    return exchange;
  }

  async readState(): Promise<SimulatedState | undefined> {
    const { store } = this.scheduler.pick(this.replicas).connection;
    const timeout = Promise.withResolvers<undefined>();
    this.scheduler.timers(() => false).after(1_000, () => timeout.resolve(undefined));
    const read = store.get(channelKey).then(
      () => this.getState(),
      () => undefined,
    );
    return Promise.race([read, timeout.promise]);
  }

  /** The channel as a daemon that sees everything would tell it now. */
  getState(): SimulatedState {
    const { nonce: chainNonce } = this.chain.channel;
    const stored = this.getRecord();
    if (stored === undefined) return { nonce: chainNonce, top: 0n };
    const record = advanceToChain(stored, chainNonce);
    return { nonce: record.nonce, top: getTop(record).amount };
  }

  /** The stored record. */
  getRecord(): ChannelRecord | undefined {
    const stored = this.store.values.get(channelKey);
    return stored && decodeChannelRecord(stored.value, channelKey);
  }

  #replica(index: number): Replica {
    return this.replicas[index] as Replica;
  }

  #pickIndex(): number {
    return Math.floor(this.scheduler.random() * this.replicas.length);
  }

  /** Money that a nonce takes along when no claim moved it; and I4, at every write. */
  #watchWrite(key: string, before: Uint8Array | undefined, after: Uint8Array | undefined): void {
    if (key !== channelKey || after === undefined) return;
    const next = decodeChannelRecord(after, key);
    const top = getTop(next).amount;
    if (next.open.some(({ to }) => to >= top)) {
      this.faults.push(`I4: an open stretch meets the top ${top} in a write`);
    }
    const last = before && decodeChannelRecord(before, key);
    if (last === undefined || next.nonce === last.nonce) return;
    if (this.store.values.has(`claim/7/${last.nonce}`)) return;
    this.books.lost += getTop(last).amount - totalLength(last.open);
  }

  /** What is handed over and charged must have a living owner that answers for it. */
  #checkRelease(replica: Replica, exchange: SimulatedExchange, payment: SimulatedPayment): void {
    if (exchange.ended !== undefined && exchange.ended.code !== 0) return;
    const isAnsweredFor = this.getRecord()?.entries.some(
      ({ nonce, amount, price, owner }) =>
        nonce === payment.nonce &&
        amount === payment.amount &&
        price === payment.price &&
        replica.connection.holds(owner),
    );
    if (!isAnsweredFor) this.faults.push('I3: handed over although no living owner answers for it');
  }
}
