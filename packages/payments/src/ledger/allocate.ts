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
export function allocate(record: LedgerRecord, price: bigint, call: CallIdentity): Allocation {
  const open = record.free.find(({ from, to }) => to - from >= price && price > 0n);
  return allocateFrom(record, { from: open?.from ?? record.signed, price, call });
}

/** Chooses an amount at the top alone, as buying beforehand wants it (ledger.md, 5, GetToken). */
export function allocateTop(record: LedgerRecord, price: bigint, call: CallIdentity): Allocation {
  return allocateFrom(record, { from: record.signed, price, call });
}

function allocateFrom(
  record: LedgerRecord,
  { from, price, call }: { from: bigint; price: bigint; call: CallIdentity },
): Allocation {
  const amount = from + price;
  if (amount > record.value - record.claimed) {
    return { kind: 'funds', missing: price - getUnspent(record) };
  }
  const payment: PendingPayment = { amount, price, ...call, inDoubt: false };
  return {
    kind: 'allocated',
    payment,
    record: {
      ...record,
      signed: amount > record.signed ? amount : record.signed,
      free: subtract(record.free, { from, to: amount }),
      pending: [...record.pending, payment],
    },
  };
}
