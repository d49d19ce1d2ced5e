import type { Token } from './token.ts';

/**
 * Writes an amount for a person, exactly: `1.5 FET`. `parseAmount` reads it back.
 *
 * @param cogs - smallest units; a negative difference gets a minus sign
 */
export function formatAmount(cogs: bigint, token: Token): string {
  return `${formatTokens(cogs, token.decimals)} ${token.symbol}`;
}

/** Writes an amount of cogs as a plain decimal number of tokens, exactly: `1.5`. */
export function formatTokens(cogs: bigint, decimals: number): string {
  const digits = (cogs < 0n ? -cogs : cogs).toString().padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const fraction = digits.slice(split).replace(/0+$/, '');
  return `${cogs < 0n ? '-' : ''}${digits.slice(0, split)}${fraction && `.${fraction}`}`;
}
