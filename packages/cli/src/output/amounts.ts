import { formatAmount, type Token } from '@snetkit/core';

/** An amount as programs get it: exact, and as a person reads it. */
export interface JsonAmount {
  /** Decimal text. */
  readonly cogs: string;
  /** Such as `0.001 FET`. */
  readonly amount: string;
}

/** Writes an amount for a program. */
export function toJsonAmount(cogs: bigint, token: Token): JsonAmount {
  return { cogs: cogs.toString(), amount: formatAmount(cogs, token) };
}
