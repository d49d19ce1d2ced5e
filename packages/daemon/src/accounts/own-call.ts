import type { PaymentRefusal } from '../call/payment-refusal.ts';
import type { SignedPayment } from '../ledger/judge.ts';
import type { OwnEnd } from '../ledger/keep.ts';

/**
 * The phases of ledger.md, section 3. `answered` means that the commit is asked for: it is in a write,
 * or waits for one. `abandoned` is the document's `undelivered?`: to be taken back, and whether it was
 * committed is not known.
 */
export type CallPhase =
  | 'upstream'
  | 'answered'
  | 'unknown'
  | 'committed'
  | 'streaming'
  | 'handed'
  | 'undelivered'
  | 'abandoned';

/** A call of this replica on one channel. */
export interface OwnCall {
  readonly payment: SignedPayment;
  /** Counter within the owner. */
  readonly number: bigint;
  /** Answers for a dead owner's payment instead of making a new one. */
  takesOver: boolean;
  phase: CallPhase;
  /** Unix seconds; set when the commit is asked for. */
  committedAt: number;
  /** Told once: when the commit is durable, or why it is not. */
  onCommit: ((refusal: PaymentRefusal | undefined) => void) | undefined;
  /** Told once: when the end of the call is in the store. */
  onEnded: (() => void) | undefined;
  /** Told once: when this replica may no longer answer for the call. */
  onLost: (() => void) | undefined;
}

/** Calls whose stretch nobody else may take: not committed yet, or in doubt. */
export function isReserved({ phase }: OwnCall): boolean {
  return (
    phase === 'upstream' || phase === 'answered' || phase === 'unknown' || phase === 'abandoned'
  );
}

/** Calls that are charged, and whose answer still runs. */
export function isRunning({ phase }: OwnCall): boolean {
  return phase === 'committed' || phase === 'streaming';
}

/** Calls that still want to be committed. */
export function wantsCommit({ phase }: OwnCall): boolean {
  return phase === 'answered' || phase === 'unknown';
}

/** What the next write says of the call, if anything. */
export function endOf({ phase, takesOver }: OwnCall): OwnEnd | undefined {
  if (phase === 'handed') return 'settle';
  if (phase !== 'undelivered' && phase !== 'abandoned') return undefined;
  return takesOver ? 'orphan' : 'takeBack';
}

/** Whether the call asks for a write of its own, rather than waiting for the channel's next one. */
export function needsWrite(call: OwnCall): boolean {
  return wantsCommit(call) || call.phase === 'undelivered' || call.phase === 'abandoned';
}
