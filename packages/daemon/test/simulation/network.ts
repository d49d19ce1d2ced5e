import type { CounterKind } from './counter-payments.ts';
import type { Injections } from './injections.ts';
import type { SimulationOptions } from './options.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedExchange } from './simulated-exchange.ts';

/** What a client signs, and what the daemon asks for it: cumulative amount and price in cogs. */
export interface SimulatedPayment {
  readonly nonce: bigint;
  readonly amount: bigint;
  readonly price: bigint;
}

/** One sending of a payment, and what became of it. */
export interface Attempt extends SimulatedPayment {
  readonly channelId: bigint;
  readonly exchange: SimulatedExchange;
  /** Step of the schedule in which it was sent. */
  readonly sentStep: number;
}

/** A channel as GetChannelState tells it. */
export interface SimulatedState {
  readonly nonce: bigint;
  /** Highest consumed amount: cogs. */
  readonly top: bigint;
}

/** What the clients of one channel see of the replicas. */
export interface SimulatedNetwork {
  readonly scheduler: Scheduler;
  readonly options: SimulationOptions;
  readonly injected: Injections;
  /** What went wrong so far. */
  readonly faults: string[];
  /** Clients send no more. */
  readonly isOver: boolean;
  /** Sends a payment to some replica. */
  send(payment: SimulatedPayment): SimulatedExchange;
  /** Sends a prepaid or free call to some replica: cogs, or calls. */
  sendByCounter(kind: CounterKind, amount: bigint): SimulatedExchange;
  /** Buys prepaid calls with all up to an amount. */
  buyToken(payment: Omit<SimulatedPayment, 'price'>): Promise<boolean>;
  /** Asks some replica for the channel's state; `undefined` when it does not answer. */
  readState(): Promise<SimulatedState | undefined>;
}
