/** A value with the version of the write that made it. Versions grow and never repeat, not even after a deletion. */
export interface Versioned {
  readonly value: Uint8Array;
  readonly version: bigint;
}

/** A key read by {@link Store.list}. */
export interface StoredEntry extends Versioned {
  readonly key: string;
}

/** What must still be true when an item is applied. */
export interface Check {
  readonly key: string;
  /** Version that the key must have; `0n`: the key must not exist. */
  readonly version: bigint;
}

/** One change; `value` undefined deletes the key. */
export interface Write {
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

/** Checks and writes that apply together or not at all. */
export interface CommitItem {
  readonly checks: readonly Check[];
  readonly writes: readonly Write[];
  /** Owners that must be dead (a take-over). */
  readonly deadOwners?: readonly string[];
}

/**
 * What became of an item. `applied`: durable, flushed to disk or to a quorum; all its writes carry
 * `version` (items of one request may share it). `unknown`: it may apply now, later or never (time-out, lost connection).
 */
export type CommitOutcome =
  | { readonly outcome: 'applied'; readonly version: bigint }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'unknown'; readonly cause: unknown };

/** One incarnation of one replica process (ledger.md, sections 1 and 8). */
export interface Owner {
  /** 16 random bytes as lower-case hex. */
  readonly id: string;
  /** Last moment, in milliseconds of `performance.now()`, at which this owner surely lives; `Infinity` where no lease runs. */
  readonly deadline: number;
  /** Aborted when the owner is lost while the process lives. */
  readonly lost: AbortSignal;
  /** Gives the ownership up; entries of this owner become orphans. */
  release(): Promise<void>;
}

/**
 * The daemon's state (design.md, "Stores"). Keys are relative to the scope given when the store was
 * opened: `channel/42`, `claim/42/3`. Reads are linearizable. Methods reject only with a BaseError;
 * `commit` never rejects for what a store can suffer: each item has its own outcome.
 */
export interface Store {
  readonly name: 'sqlite' | 'memory' | 'etcd';
  get(key: string): Promise<Versioned | undefined>;
  /** All keys with the prefix, ascending. */
  list(prefix: string): AsyncIterable<StoredEntry>;
  /** Applies every item that can be applied, in the order given; items of concurrent callers share one flush. */
  commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]>;
  /** A new owner, alive until released or until its process dies. */
  openOwner(): Promise<Owner>;
  /** Whether an owner still lives. Once `false`, it stays so: ids never repeat. */
  isOwnerAlive(id: string): Promise<boolean>;
  close(): Promise<void>;
}
