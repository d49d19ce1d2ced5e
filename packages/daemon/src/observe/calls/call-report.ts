import type { CallStage } from '../../call/call-watch.ts';
import type { CallHead } from '../../call/exchange.ts';
import type { EndStatus } from '../../call/status.ts';
import type { Payment } from '../../payments/payment.ts';

/** What is known of a call when it is over. */
export interface CallReport {
  readonly requestId: string;
  readonly head: CallHead;
  readonly end: EndStatus | 'left';
  /** Milliseconds of `Date.now()`. */
  readonly startedAt: number;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Name of the payment type; undefined where it came to no payment. */
  readonly kind: string | undefined;
  readonly payment: Payment | undefined;
  readonly isCharged: boolean;
}

/** Follows one call for somebody else's eyes. */
export interface CallTrace {
  /** Metadata that ties the service's spans to the call's. */
  forwarded(): Readonly<Record<string, string>>;
  enter(stage: CallStage): void;
  end(report: CallReport): void;
}

/** Who else is told of calls; each is absent unless it is configured. */
export interface CallSinks {
  /** Begins to follow a call. */
  trace?: ((head: CallHead, requestId: string) => CallTrace) | undefined;
  /** Told of each call that is over. */
  meter?: ((report: CallReport) => void) | undefined;
}
