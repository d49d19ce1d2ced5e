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
  | { readonly kind: 'funds'; readonly missing: bigint }
  /** As many calls are in flight as the daemon lets run at once. */
  | { readonly kind: 'turn' };

/**
 * Chooses the amount of the next call: an open stretch that was signed before, otherwise the top.
 * No amount is ever given to two calls while one of them is in doubt (ledger.md, 6.7).
 */
export function allocate(record: LedgerRecord, price: bigint, call: CallIdentity): Allocation {
  if (record.pending.length >= record.maxInFlight) return { kind: 'turn' };
  const open = record.free.find(({ from, to }) => to - from >= price && price > 0n);
  return allocateFrom(record, { from: open?.from ?? record.signed, price, call });
}

/**
 * Chooses an amount at the top alone, while nothing else is in flight, as buying beforehand wants it
 * (ledger.md, 5, GetToken): what is signed and not yet charged would be bought along with it.
 */
export function allocateTop(record: LedgerRecord, price: bigint, call: CallIdentity): Allocation {
  if (record.pending.length > 0) return { kind: 'turn' };
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
