import type { UpstreamPlan } from './simulated-exchange.ts';

/** What a schedule may contain. */
export interface SimulationOptions {
  readonly seed: number;
  readonly calls: number;
  readonly replicas: number;
  /** Kills of replicas. */
  readonly kills: number;
  /** Leases that run out while their process lives. */
  readonly losses: number;
  /** Claims that the provider starts, in accord with the daemons. */
  readonly claims: number;
  /** Claims that reach the chain without the daemons' knowledge. */
  readonly outside: number;
  /** Probability that a commit's outcome is unknown. */
  readonly unknown: number;
  /** Probability that the store then stays away for longer than clients wait. */
  readonly outage: number;
  /** Probability that a payment is sent twice at once, and again after it was served. */
  readonly greed: number;
  /** Probability that a client leaves its call. */
  readonly leave: number;
  readonly plans: readonly UpstreamPlan[];
  /** Prices of the methods that are called: cogs. */
  readonly prices: readonly bigint[];
  /** What the channel holds: cogs. */
  readonly value: bigint;
  /** The client signs ahead and retries, as ours does; otherwise one call at a time, as official ones. */
  readonly ahead: boolean;
  /** The client allows gaps. */
  readonly gap: boolean;
  /** A client that signs ahead sends its payments in any order, some of them later. */
  readonly shuffle: boolean;
  /** Every payment of a client that signs ahead must be served in the end. */
  readonly strictLiveness: boolean;
}
