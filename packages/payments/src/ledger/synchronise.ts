import { intervalOf, lowerTop } from './end-payment.ts';
import { add, subtract } from './intervals.ts';
import type { AmountInterval, LedgerRecord, PendingPayment } from './ledger-record.ts';

/** A payment that the daemon has committed and whose end it has not settled (ledger.md, section 5). */
export interface ListedPayment {
  readonly nonce: bigint;
  readonly amount: bigint;
  readonly price: bigint;
  /** `retry`: nobody answers for it, and an exact retry is honoured without a new charge. */
  readonly state: 'inProgress' | 'retry';
}

/** The daemon's state of a channel, as far as own signatures confirm it, and the chain's. Amounts in cogs. */
export interface VerifiedState {
  readonly nonce: bigint;
  /** Highest consumed amount at this nonce. */
  readonly top: bigint;
  readonly open: readonly AmountInterval[];
  readonly listed: readonly ListedPayment[];
  readonly claimed: bigint;
  readonly value: bigint;
  readonly expiration: bigint;
  readonly maxInFlight: number;
}

/** Who is asked when a record is brought up to date. */
export interface SynchroniseOptions {
  /** Whether a process that holds pending payments still runs. */
  isHolderAlive(holder: string): boolean;
  /** The record when the daemon was asked. */
  readonly asked?: LedgerRecord | undefined;
}

/**
 * Brings a record up to date (ledger.md, 6.7): payments that are in doubt, or whose process died,
 * turn out to be charged, not charged (then their amount is free again), or still listed.
 */
export function synchronise(
  record: LedgerRecord,
  state: VerifiedState,
  { isHolderAlive, asked }: SynchroniseOptions,
): LedgerRecord {
  const { nonce, value, expiration, claimed, maxInFlight } = state;
  const known = { ...record, nonce, value, expiration, claimed, maxInFlight, synchronised: true };
  if (nonce !== record.nonce) {
    // What was signed at the old nonce is in a claim, or void; running calls find out by themselves.
    return lowerTop({ ...known, signed: state.top, free: state.open, pending: [], charged: [] });
  }
  const pending = record.pending.filter(
    (payment) => (!payment.inDoubt && isHolderAlive(payment.holder)) || isListed(payment, state),
  );
  const charged = (asked?.charged ?? []).reduce(subtract, record.charged);
  const taken = [...pending.map(intervalOf), ...charged];
  const signed = taken.reduce((high, { to }) => (to > high ? to : high), state.top);
  let free = add(state.open, { from: state.top, to: signed });
  for (const interval of taken) free = subtract(free, interval);
  return lowerTop({ ...known, signed, free, pending, charged });
}

function isListed(payment: PendingPayment, { listed, nonce }: VerifiedState): boolean {
  return listed.some(
    (one) => one.nonce === nonce && one.amount === payment.amount && one.price === payment.price,
  );
}
