import type { PaymentRefusal } from '../call/payment-refusal.ts';
import type { CounterRecord } from '../ledger/counter.ts';

/** What a call takes from a counter, and how it is refused. */
export interface CounterCharge {
  /** Cogs, or one call. */
  readonly amount: bigint;
  /** How far the counter may go; `undefined` when there is no limit. */
  limitOf(record: CounterRecord): bigint | undefined;
  /** The refusal of a call that would go beyond it; calls in flight here count as used. */
  refuseOver(record: CounterRecord): PaymentRefusal;
  /** The refusal while the store cannot make the charge durable. */
  refuseStore(cause?: unknown): PaymentRefusal;
}

/** `answered`: the commit is asked for. `abandoned`: to be taken back, once it is known whether it applied. */
export type CounterCallPhase =
  | 'upstream'
  | 'answered'
  | 'committed'
  | 'handed'
  | 'undelivered'
  | 'abandoned'
  | 'over';

/** A call of this replica on one counter. */
export interface CounterCall {
  readonly charge: CounterCharge;
  phase: CounterCallPhase;
  /** Told once: when the commit is durable, or why it is not. */
  onCommit: ((refusal: PaymentRefusal | undefined) => void) | undefined;
  /** Told once: when the call is taken back in the store. */
  onEnded: (() => void) | undefined;
  /** Told once: when this replica may no longer answer for the call. */
  onLost: (() => void) | undefined;
}

/** Calls that still want to be committed. */
export function isWaiting({ phase }: CounterCall): boolean {
  return phase === 'answered';
}

/** Calls that are not in the record yet, as far as anybody knows. */
export function isReserved({ phase }: CounterCall): boolean {
  return phase === 'upstream' || phase === 'answered';
}
