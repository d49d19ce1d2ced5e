/** What one run came to. */
export interface RunResult {
  readonly store: string;
  readonly seed: string;
  readonly faults: readonly string[];
  /** Daemons killed with `kill -9`. */
  readonly kills: number;
  /** Members of etcd killed with `kill -9`. */
  readonly storeKills: number;
  readonly channels: number;
  /** Payments sent, retries included. */
  readonly calls: number;
  /** Payments that a client has the answer of; each counts once. */
  readonly delivered: number;
  /** Payments handed over to a client that had just left; charged by the table of design.md. */
  readonly handed: number;
  /** Payments charged. */
  readonly charged: number;
  /** Attempts that a daemon refused, for whatever reason. */
  readonly refused: number;
  /** Charged, lost in a crash, and served on the retry without a new charge. */
  readonly honoured: number;
  readonly chargedNotServed: number;
  readonly servedNotCharged: number;
  readonly unusable: number;
  /** Whatever else must not be; one line each. */
  readonly violations: readonly string[];
  readonly seconds: number;
}
