/** A key of the official daemon with its value. */
export interface OfficialEntry {
  readonly key: string;
  readonly value: Uint8Array;
  /** `mod_revision`: grows with every write of the key. */
  readonly version: bigint;
}

/** The etcd that official daemons keep their state in. Methods reject with a BaseError. */
export interface OfficialStore {
  /** Endpoints without credentials, for reports and errors. */
  readonly place: string;
  /** All keys with the prefix, ascending. */
  list(prefix: string): AsyncIterable<OfficialEntry>;
  /** Writes one key if its version is still this one; `0n`: if it does not exist. Resolves `false` when it is not. */
  put(key: string, value: Uint8Array, version: bigint): Promise<boolean>;
  /**
   * Ids of the leases of 10 seconds that carry no key, as the session of an official daemon does
   * (daemon.md 5.5). They say that a daemon lives on this etcd, not which group it serves.
   */
  listSessions(): Promise<readonly string[]>;
  close(): Promise<void>;
}
