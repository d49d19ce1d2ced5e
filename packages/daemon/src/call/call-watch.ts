import type { Payment } from '../payments/payment.ts';
import type { EndStatus, Metadata } from './status.ts';

/**
 * What a call does: its payment is checked (`payment`), its service works on it (`upstream`), its charge
 * is made durable (`commit`), its answer goes to the client (`delivery`).
 */
export type CallStage = 'payment' | 'upstream' | 'commit' | 'delivery';

/** Whoever watches one call: nothing here throws, and nobody waits for it. */
export interface CallWatch {
  /** What ties the call to what is told of it. */
  readonly requestId: string;
  /** Trailers that the client gets beside those of the service. */
  readonly trailers: Metadata | undefined;
  /** Metadata that the service gets, in place of the client's own; asked for once, in stage `upstream`. */
  forwarded(): Readonly<Record<string, string>>;
  enter(stage: CallStage): void;
  /** The payment was admitted; `kind` is the name of its type. */
  admitted(payment: Payment, kind: string): void;
  /** The charge is durable. */
  charged(): void;
  /** The charge was taken back. */
  takenBack(): void;
  /** The call is over, for its client at least. */
  end(end: EndStatus | 'left'): void;
}
