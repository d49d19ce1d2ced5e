import type {
  Check,
  CommitItem,
  CommitOutcome,
  Owner,
  Store,
  StoredEntry,
  Versioned,
} from '../../src/store/store.ts';
import type { Scheduler } from './scheduler.ts';

/** What goes wrong between replicas and store. */
export interface StoreFaults {
  /** Probability that a commit's outcome is unknown to its caller. */
  readonly unknown: number;
  /** Probability that the store then cannot be reached for longer than a client waits. */
  readonly outage: number;
}

const outageMs = 7_000;

/** One incarnation's way to the store. After `kill` it gets no more answers, and its owners are dead. */
export interface Connection {
  readonly store: Store;
  isDead(): boolean;
  kill(): void;
  /** The lease runs out while the process lives. */
  lose(): void;
  /** Whether an owner id is one of this incarnation's, and its lease is there. */
  holds(owner: string): boolean;
}

/** Told of a value that is about to be written; `undefined`: there is none. */
type OnWrite = (key: string, before: Uint8Array | undefined, after: Uint8Array | undefined) => void;

/** What stands behind an owner. */
interface Lease {
  readonly id: string;
  deadline: number;
  readonly lost: AbortController;
}

/** One store that all simulated replicas share; every request takes an unknown time. */
export class SimulatedStore {
  readonly values = new Map<string, Versioned>();
  readonly #scheduler: Scheduler;
  readonly #faults: StoreFaults;
  #version = 0n;
  readonly #alive = new Set<string>();
  /** From now on every commit's outcome is known. */
  isCalm = false;
  /** Told of every value before it is replaced. */
  onWrite: OnWrite = () => {};
  #owners = 0;

  constructor(scheduler: Scheduler, faults: StoreFaults) {
    this.#scheduler = scheduler;
    this.#faults = faults;
  }

  /** The store as one incarnation of a replica reaches it, and how that incarnation dies. */
  connect(name: string, { isReliable = false }: { isReliable?: boolean } = {}): Connection {
    const scheduler = this.#scheduler;
    const owned: string[] = [];
    let lease: Lease | undefined;
    let dead = false;
    const line: Line = { name, isDead: () => dead, brokenUntil: 0, isReliable };
    const { isDead } = line;
    const store: Store = {
      name: 'memory',
      get: async (key) => {
        await scheduler.moment(`${name} reads`);
        const found = this.values.get(key);
        await scheduler.moment(`${name} has read`, isDead);
        if (scheduler.now < line.brokenUntil) throw new Error('the store cannot be reached');
        return found;
      },
      async *list(): AsyncGenerator<StoredEntry> {},
      commit: (items) => Promise.all(items.map((item) => this.#commit(line, item))),
      openOwner: async (): Promise<Owner> => {
        if (owned.length > 0) await scheduler.moment(`${name} opens an owner`, isDead);
        this.#owners += 1;
        const id = this.#owners.toString(16).padStart(32, '0');
        this.#alive.add(id);
        owned.push(id);
        const mine: Lease = { id, deadline: Number.POSITIVE_INFINITY, lost: new AbortController() };
        lease = mine;
        const release = async () => void this.#alive.delete(id);
        return {
          id,
          get deadline() {
            return mine.deadline;
          },
          lost: mine.lost.signal,
          release,
        };
      },
      isOwnerAlive: async (id) => {
        await scheduler.moment(`${name} asks for an owner`, isDead);
        return this.#alive.has(id);
      },
      close: async () => {},
    };
    const kill = () => {
      dead = true;
      for (const id of owned) this.#alive.delete(id);
    };
    const lose = () => {
      const mine = lease;
      if (dead || mine === undefined) return;
      mine.deadline = scheduler.now;
      scheduler.later(`${name} notices the loss`, () => dead || mine.lost.abort());
      scheduler.later(`${name}'s lease is gone`, () => this.#alive.delete(mine.id));
    };
    const holds = (owner: string) => owned.includes(owner) && this.#alive.has(owner);
    return { store, isDead, kill, lose, holds };
  }

  /** Applies an item now, if its checks hold. */
  apply({ checks, writes, deadOwners = [] }: CommitItem): CommitOutcome {
    const holds = ({ key, version }: Check) => (this.values.get(key)?.version ?? 0n) === version;
    if (!checks.every(holds) || deadOwners.some((owner) => this.#alive.has(owner))) {
      return { outcome: 'conflict' };
    }
    this.#version += 1n;
    for (const { key, value } of writes) {
      this.onWrite(key, this.values.get(key)?.value, value);
      if (value === undefined) this.values.delete(key);
      else this.values.set(key, { value, version: this.#version });
    }
    return { outcome: 'applied', version: this.#version };
  }

  #isDisturbed(line: Line): boolean {
    if (line.isReliable || this.isCalm) return false;
    return this.#scheduler.now < line.brokenUntil || this.#scheduler.chance(this.#faults.unknown);
  }

  async #commit(line: Line, item: CommitItem): Promise<CommitOutcome> {
    const scheduler = this.#scheduler;
    const { name, isDead } = line;
    if (this.#isDisturbed(line)) {
      const fate = scheduler.pick(['late', 'delayed', 'never'] as const);
      const apply = () => {
        const { outcome } = this.apply(item);
        scheduler.trace.push(`  ${name}'s commit of unknown outcome: ${outcome}`);
      };
      if (fate === 'late') scheduler.later(`${name} commit gets through`, apply);
      if (fate === 'delayed')
        scheduler.timers(() => false).after(outageMs * scheduler.random() * 2, apply);
      if (scheduler.chance(this.#faults.outage)) line.brokenUntil = scheduler.now + outageMs;
      await scheduler.moment(`${name} commit is unknown`, isDead);
      return { outcome: 'unknown', cause: 'simulated' };
    }
    await scheduler.moment(`${name} commits`);
    const outcome = this.apply(item);
    scheduler.trace.push(`  ${outcome.outcome}`);
    await scheduler.moment(`${name} has its answer`, isDead);
    return outcome;
  }
}

/** One replica's line to the store. */
interface Line {
  readonly name: string;
  isDead(): boolean;
  brokenUntil: number;
  readonly isReliable: boolean;
}
