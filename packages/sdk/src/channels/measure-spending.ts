import type { Channel } from '@snetkit/contracts';
import { getUnspent, type LedgerRecord, type VerifiedState } from '@snetkit/payments';

/** How much of a channel is spent. Amounts in cogs. */
export interface Spending {
  /** Highest amount signed; undefined when nobody has told. */
  readonly signed: bigint | undefined;
  /** What can still be signed. */
  readonly unspent: bigint;
}

/**
 * What is spent by the ledger of this machine, and by what a daemon has shown to be signed: the one
 * who knows of more is right.
 */
export function measureSpending(
  { nonce, value }: Pick<Channel, 'nonce' | 'value'>,
  record: LedgerRecord | undefined,
  told?: VerifiedState | undefined,
): Spending {
  // What was signed at another nonce has been claimed, or is void.
  const known = [
    ...(record !== undefined && record.nonce >= nonce
      ? [{ signed: record.signed, unspent: getUnspent({ ...record, value }) }]
      : []),
    ...(told !== undefined && told.nonce >= nonce
      ? [{ signed: told.top, unspent: value - told.claimed - told.top + sumOpen(told) }]
      : []),
  ];
  const [first, second = first] = known;
  if (first === undefined || second === undefined) return { signed: undefined, unspent: value };
  return {
    signed: first.signed > second.signed ? first.signed : second.signed,
    unspent: first.unspent < second.unspent ? first.unspent : second.unspent,
  };
}

function sumOpen({ open }: VerifiedState): bigint {
  return open.reduce((sum, { from, to }) => sum + (to - from), 0n);
}
