import { BaseError, formatAmount, type Token } from '@snetkit/core';
import type { ClientLedger, LedgerRecord, PendingPayment } from '@snetkit/payments';

/** How much may be spent, and how it is told. */
export interface SpendingLimit {
  /** Cogs. */
  readonly maxSpend: bigint;
  readonly token: Token;
  /** `organization/service`. */
  readonly place: string;
}

/** A ledger that writes down no more than a limit allows. */
export interface LimitedLedger {
  readonly ledger: ClientLedger;
  /** Refuses what cannot be paid any more, before anything is done for it. @throws BaseError `SPENDING_ABOVE_LIMIT` */
  check(price: bigint): void;
}

/**
 * Holds what a client signs against a limit. An amount is written down before it is signed: here it is
 * refused, whatever it is for. What is known not to be charged counts no more.
 */
export function limitSpending(ledger: ClientLedger, limit: SpendingLimit): LimitedLedger {
  let spent = 0n;
  /** Amounts that were written down, by their calls, until their end is known. */
  const open = new Map<string, PendingPayment>();

  function check(more: bigint): void {
    const wanted = spent + more;
    if (wanted <= limit.maxSpend) return;
    throw new BaseError('SPENDING_ABOVE_LIMIT', 'The client would spend more than it may.', {
      place: limit.place,
      expected: `at most ${formatAmount(limit.maxSpend, limit.token)} in all`,
      found: `${formatAmount(wanted, limit.token)} with this call`,
    });
  }

  function compare(before: LedgerRecord | undefined, after: LedgerRecord): void {
    for (const [call, payment] of open) {
      const isListed = after.pending.some((one) => one.call === call);
      if (isListed || !before?.pending.some((one) => one.call === call)) continue;
      open.delete(call);
      if (isSpent(payment, before, after)) spent += payment.price;
    }
    const known = new Set(before?.pending.map(({ call }) => call));
    const added = after.pending.filter(({ call }) => !known.has(call));
    const reserved = [...open.values(), ...added].reduce((sum, { price }) => sum + price, 0n);
    if (added.length > 0) check(reserved);
    for (const payment of added) open.set(payment.call, payment);
  }

  return {
    check,
    ledger: {
      ...ledger,
      update: (key, change) =>
        ledger.update(key, (stored) => {
          const changed = change(stored);
          if (changed.record !== undefined) compare(stored, changed.record);
          return changed;
        }),
    },
  };
}

/** Unless the amount can be signed again, or is signed again already, it is gone. */
function isSpent(
  { amount, price }: PendingPayment,
  before: LedgerRecord,
  after: LedgerRecord,
): boolean {
  if (after.nonce !== before.nonce) return true;
  if (amount > after.signed) return false;
  const again = after.pending.map((one) => ({ from: one.amount - one.price, to: one.amount }));
  return ![...after.free, ...again].some(({ from, to }) => from < amount && to > amount - price);
}
