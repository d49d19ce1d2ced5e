import type { UpstreamPlan } from './simulated-exchange.ts';

/**
 * How a client behaves: as official ones do, one call at a time; as ours, which signs ahead and
 * retries; one that buys prepaid calls and makes them; one that makes free calls.
 */
export type ClientKind = 'official' | 'ahead' | 'token' | 'free';

/** What a schedule may contain. Numbers of things that go wrong are upper bounds. */
export interface SimulationOptions {
  readonly seed: number;
  /** Calls of each client. */
  readonly calls: number;
  readonly channels: number;
  /** Clients of each channel. */
  readonly clients: readonly ClientKind[];
  readonly replicas: number;
  /** Kills of replicas. */
  readonly kills: number;
  /** Probability that a killed replica's lease outlives it, by up to ten seconds. */
  readonly linger: number;
  /** Leases that run out while their process lives. */
  readonly losses: number;
  /** Claims that the provider starts, in accord with the daemons. */
  readonly claims: number;
  /** Claims that reach the chain without the daemons' knowledge. */
  readonly outside: number;
  /** Times that a channel expires and its sender takes the rest back. */
  readonly timeouts: number;
  /** Times that the chain takes back the last block that changed a channel, for a while. */
  readonly reorganisations: number;
  readonly topUps: number;
  /** Probability that a request to the store goes wrong. */
  readonly unknown: number;
  /** Probability that the store then stays away for longer than clients wait. */
  readonly outage: number;
  /** Probability that a payment is sent twice at once, and again after it was served. */
  readonly greed: number;
  /** Probability that a client leaves its call. */
  readonly leave: number;
  /** Probability that the method's price is another one when a payment is sent again. */
  readonly priceChange: number;
  readonly plans: readonly UpstreamPlan[];
  /** Prices of the methods that are called: cogs. */
  readonly prices: readonly bigint[];
  /** What each channel holds: cogs. */
  readonly value: bigint;
  /** The client allows gaps. */
  readonly gap: boolean;
  /** A client that signs ahead sends its payments in any order, some of them later. */
  readonly shuffle: boolean;
  /** Every payment of a client that signs ahead must be served in the end. */
  readonly strictLiveness: boolean;
  /** Probability that everything stops at some moment, all replicas die, and what is left is looked at. */
  readonly cut: number;
  /** Payments of dead owners that the channels start with. */
  readonly orphans: number;
}
