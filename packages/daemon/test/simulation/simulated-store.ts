import type {
  Check,
  CommitItem,
  CommitOutcome,
  Owner,
  Store,
  StoredEntry,
  Versioned,
} from '../../src/store/store.ts';
import type { Injections } from './injections.ts';
import type { Plant } from './mutants/mutant.ts';
import type { Scheduler } from './scheduler.ts';
import { SimulatedSignal } from './simulated-signal.ts';

/** Of a request of unknown outcome: it never applies, at some later moment, or after the outage. */
export type Fate = 'never' | 'late' | 'delayed';

/** What goes wrong between replicas and store. */
export interface StoreFaults {
  /** Probability that a request's outcome is unknown to its caller. */
  readonly unknown: number;
  /** Probability that the store then cannot be reached for longer than a client waits. */
  readonly outage: number;
}

const outageMs = 7_000;

/** One incarnation's way to the store. After `kill` it gets no more answers, and its owners die. */
export interface Connection {
  readonly store: Store;
  isDead(): boolean;
  /** @param lingerMs how long the owners seem to live on */
  kill(options?: { lingerMs: number }): void;
  /** The lease runs out while the process lives. */
  lose(onNotice: () => void): void;
  /** The store cannot be reached for so long. */
  cut(ms: number): void;
  /** Whether an owner id is one of this incarnation's, and its lease is there. */
  holds(owner: string): boolean;
}

/** A value that was replaced by a write. */
export interface AppliedWrite {
  readonly key: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** Who looks on at everything that happens in the store. */
export interface StoreWitness {
  /** An item has applied. */
  onApplied(writes: readonly AppliedWrite[]): void;
  onOwnerDead(owner: string): void;
  onFault(fault: string): void;
}

/** What stands behind an owner. */
interface Lease {
  readonly id: string;
  deadline: number;
  readonly lost: SimulatedSignal;
}

/** An item on its way to the store. */
interface Waiting {
  readonly item: CommitItem;
  tell(outcome: CommitOutcome): void;
}

/** One replica's line to the store. */
interface Line {
  readonly name: string;
  isDead(): boolean;
  brokenUntil: number;
  readonly isReliable: boolean;
  waiting: Waiting[];
}

/** What a {@link SimulatedStore} needs. */
export interface SimulatedStoreOptions {
  readonly scheduler: Scheduler;
  readonly faults: StoreFaults;
  readonly injected: Injections;
  readonly witness: StoreWitness;
  /** Applies items that share a request; each on its own unless a mutant is planted. */
  readonly batch?: Plant['batch'];
}

/** One store that all simulated replicas share; every request takes an unknown time. */
export class SimulatedStore {
  readonly values = new Map<string, Versioned>();
  readonly #scheduler: Scheduler;
  readonly #faults: StoreFaults;
  readonly #injected: Injections;
  readonly #witness: StoreWitness;
  readonly #batch: NonNullable<Plant['batch']>;
  /** What a schedule starts with has version 1. */
  #version = 1n;
  readonly #alive = new Set<string>();
  /** What becomes of the next requests, when chance does not decide it. */
  readonly fates: Fate[] = [];
  /** Whether items that are ready share a request, when chance does not decide it. */
  isSharing: boolean | undefined;
  /** From now on nothing goes wrong any more. */
  isCalm = false;
  #owners = 0;

  constructor({ scheduler, faults, injected, witness, batch }: SimulatedStoreOptions) {
    this.#scheduler = scheduler;
    this.#faults = faults;
    this.#injected = injected;
    this.#witness = witness;
    this.#batch = batch ?? ((items, { apply }) => items.map(apply));
  }

  isAlive(owner: string): boolean {
    return this.#alive.has(owner);
  }

  /** The store as one incarnation of a replica reaches it, and how that incarnation dies. */
  connect(name: string, { isReliable = false }: { isReliable?: boolean } = {}): Connection {
    const scheduler = this.#scheduler;
    const owned: string[] = [];
    let lease: Lease | undefined;
    let dead = false;
    const isDead = () => dead;
    const line: Line = { name, isDead, brokenUntil: 0, isReliable, waiting: [] };
    const store: Store = {
      name: 'memory',
      get: (key) => this.#read(line, () => this.values.get(key)),
      list: (prefix) => this.#list(line, prefix),
      commit: (items) => Promise.all(items.map((item) => this.#commit(line, item))),
      openOwner: async (): Promise<Owner> => {
        if (owned.length > 0) await scheduler.moment(`${name} opens an owner`, isDead);
        this.#owners += 1;
        const id = this.#owners.toString(16).padStart(32, '0');
        this.#alive.add(id);
        owned.push(id);
        const mine: Lease = { id, deadline: Number.POSITIVE_INFINITY, lost: new SimulatedSignal() };
        lease = mine;
        return {
          id,
          get deadline() {
            return mine.deadline;
          },
          lost: mine.lost.signal,
          release: async () => this.bury(id),
        };
      },
      isOwnerAlive: async (id) => {
        await scheduler.moment(`${name} asks for an owner`, isDead);
        return this.#alive.has(id);
      },
      close: async () => {},
    };
    const bury = () => {
      for (const id of owned) this.bury(id);
    };
    const kill = ({ lingerMs } = { lingerMs: 0 }) => {
      dead = true;
      if (lingerMs === 0) bury();
      else scheduler.after(lingerMs, bury);
    };
    const lose = (onNotice: () => void) => {
      const mine = lease;
      if (dead || mine === undefined) return;
      mine.deadline = scheduler.now;
      scheduler.later(`${name} notices the loss`, () => {
        if (dead) return;
        onNotice();
        mine.lost.abort();
      });
      scheduler.later(`${name}'s lease is gone`, () => this.bury(mine.id));
    };
    const holds = (owner: string) => owned.includes(owner) && this.#alive.has(owner);
    const cut = (ms: number) => {
      line.brokenUntil = scheduler.now + ms;
    };
    return { store, isDead, kill, lose, cut, holds };
  }

  /** An owner's lease is gone. */
  bury(owner: string): void {
    if (this.#alive.delete(owner)) this.#witness.onOwnerDead(owner);
  }

  #wouldConflict({ checks, deadOwners = [] }: CommitItem): boolean {
    const isOutdated = ({ key, version }: Check) =>
      (this.values.get(key)?.version ?? 0n) !== version;
    return checks.some(isOutdated) || deadOwners.some((owner) => this.#alive.has(owner));
  }

  /** Applies an item now, if its checks hold. */
  #apply(item: CommitItem): CommitOutcome {
    if (this.#wouldConflict(item)) return { outcome: 'conflict' };
    this.#version += 1n;
    const applied: AppliedWrite[] = [];
    for (const { key, value } of item.writes) {
      applied.push({ key, before: this.values.get(key)?.value, after: value });
      if (value === undefined) this.values.delete(key);
      else this.values.set(key, { value, version: this.#version });
    }
    this.#witness.onApplied(applied);
    return { outcome: 'applied', version: this.#version };
  }

  /** Applies what shares a request. A conflict is told only of an item whose own checks fail (ledger.md 8). */
  #applyAll(items: readonly CommitItem[]): readonly CommitOutcome[] {
    const outcomes = this.#batch(items, {
      wouldConflict: (item) => this.#wouldConflict(item),
      apply: (item) => this.#apply(item),
    });
    for (const [index, item] of items.entries()) {
      if (outcomes[index]?.outcome !== 'conflict') continue;
      this.#injected.conflicts += 1;
      if (!this.#wouldConflict(item)) {
        this.#witness.onFault('S: a conflict although nothing conflicts');
      }
    }
    return outcomes;
  }

  async #read<T>(line: Line, read: () => T): Promise<T> {
    const { name, isDead } = line;
    await this.#scheduler.moment(`${name} reads`, isDead);
    const found = read();
    // Some answers are outdated when they come.
    if (!this.#scheduler.chance(0.5)) await this.#scheduler.moment(`${name} has read`, isDead);
    if (this.#scheduler.now < line.brokenUntil && !this.isCalm) {
      this.#injected.failedReads += 1;
      throw new Error('the store cannot be reached');
    }
    return found;
  }

  async *#list(line: Line, prefix: string): AsyncGenerator<StoredEntry> {
    const found = await this.#read(line, () =>
      [...this.values]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    for (const [key, versioned] of found) yield { key, ...versioned };
  }

  #isDisturbed(line: Line): boolean {
    if (line.isReliable || this.isCalm) return false;
    return this.#scheduler.now < line.brokenUntil || this.#scheduler.chance(this.#faults.unknown);
  }

  #commit(line: Line, item: CommitItem): Promise<CommitOutcome> {
    return new Promise((resolve) => {
      const waiting: Waiting = { item, tell: resolve };
      line.waiting.push(waiting);
      this.#scheduler.later(`${line.name} commits`, () => this.#send(line, waiting));
    });
  }

  /** Sends an item; others that the replica has ready may share the request, each with its own outcome. */
  #send(line: Line, first: Waiting): void {
    if (!line.waiting.includes(first)) return;
    const isShared = line.waiting.length > 1 && (this.isSharing ?? this.#scheduler.chance(0.5));
    const batch = isShared ? line.waiting : [first];
    line.waiting = isShared ? [] : line.waiting.filter((other) => other !== first);
    if (isShared) this.#injected.sharedWrites += 1;
    const fate = this.fates.shift();
    if (fate !== undefined || this.#isDisturbed(line)) this.#loseRequest(line, batch, fate);
    else this.#answer(line, batch);
  }

  #answer(line: Line, batch: readonly Waiting[]): void {
    const outcomes = this.#applyAll(batch.map(({ item }) => item));
    for (const { outcome } of outcomes) this.#scheduler.note(`  ${outcome}`);
    this.#scheduler.later(`${line.name} has its answer`, () => {
      if (line.isDead()) return;
      for (const [index, { tell }] of batch.entries()) tell(outcomes[index] as CommitOutcome);
    });
  }

  #loseRequest(line: Line, batch: readonly Waiting[], known: Fate | undefined): void {
    const scheduler = this.#scheduler;
    const { name, isDead } = line;
    const fate = known ?? scheduler.pick<Fate>(['never', 'late', 'delayed']);
    const apply = () => {
      for (const { item } of batch) {
        const { outcome } = this.#apply(item);
        if (outcome === 'applied') this.#injected.lateCommits += 1;
        scheduler.note(`  ${name}'s commit of unknown outcome: ${outcome}`);
      }
    };
    this.#injected.unknownOutcomes += 1;
    if (fate === 'late') scheduler.later(`${name} commit gets through`, apply);
    if (fate === 'delayed') scheduler.after(outageMs * scheduler.random() * 2, apply);
    if (scheduler.chance(this.#faults.outage)) {
      this.#injected.outages += 1;
      line.brokenUntil = scheduler.now + outageMs;
    }
    scheduler.later(`${name} commit is unknown`, () => {
      if (isDead()) return;
      for (const { tell } of batch) tell({ outcome: 'unknown', cause: 'simulated' });
    });
  }
}
