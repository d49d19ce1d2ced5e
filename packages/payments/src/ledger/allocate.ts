import { subtract } from './intervals.ts';
import { getUnspent, type LedgerRecord, type PendingPayment } from './ledger-record.ts';

/** Which call an amount is for. */
export interface CallIdentity {
  readonly holder: string;
  readonly call: string;
}

/** The record with a new pending payment, or why there is none. */
export type Allocation =
  | { readonly kind: 'allocated'; readonly record: LedgerRecord; readonly payment: PendingPayment }
  | { readonly kind: 'funds'; readonly missing: bigint };

/**
 * Chooses the amount of the next call: an open stretch that was signed before, otherwise the top.
 * No amount is ever given to two calls while one of them is in doubt (ledger.md, 6.7).
 */
export function allocate(
  record: LedgerRecord,
  price: bigint,
  { holder, call }: CallIdentity,
): Allocation {
  const open = record.free.find(({ from, to }) => to - from >= price && price > 0n);
  const from = open?.from ?? record.signed;
  const amount = from + price;
  if (amount > record.value - record.claimed) {
    return { kind: 'funds', missing: price - getUnspent(record) };
  }
  const payment: PendingPayment = { amount, price, holder, call, inDoubt: false };
  return {
    kind: 'allocated',
    payment,
    record: {
      ...record,
      signed: amount > record.signed ? amount : record.signed,
      free: open === undefined ? record.free : subtract(record.free, { from, to: amount }),
      pending: [...record.pending, payment],
    },
  };
}
