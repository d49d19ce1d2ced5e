import type { CallIdentity } from './allocate.ts';
import { add } from './intervals.ts';
import type { AmountInterval, LedgerRecord, PendingPayment } from './ledger-record.ts';

/** What is known of a payment when its call is over. */
export type PaymentEnd = 'charged' | 'notCharged' | 'inDoubt';

/** The record after the end of a call. A payment that the record does not list any more changes nothing. */
export function endPayment(
  record: LedgerRecord,
  { holder, call }: CallIdentity,
  end: PaymentEnd,
): LedgerRecord {
  const payment = record.pending.find((one) => one.holder === holder && one.call === call);
  if (payment === undefined) return record;
  if (end === 'inDoubt') {
    const pending = record.pending.map((one) =>
      one === payment ? { ...one, inDoubt: true } : one,
    );
    return { ...record, pending };
  }
  const pending = record.pending.filter((one) => one !== payment);
  if (end === 'charged')
    return { ...record, pending, charged: add(record.charged, intervalOf(payment)) };
  return lowerTop({ ...record, pending, free: add(record.free, intervalOf(payment)) });
}

/** The stretch that a payment authorises. */
export function intervalOf({ amount, price }: PendingPayment): AmountInterval {
  return { from: amount - price, to: amount };
}

/** What is free up to the top is not a gap: the top comes down, as the daemon's does. */
export function lowerTop(record: LedgerRecord): LedgerRecord {
  const last = record.free.at(-1);
  if (last === undefined || last.to < record.signed) return record;
  return { ...record, free: record.free.slice(0, -1), signed: last.from };
}
