import { maxUint256 } from '../bytes/uint256.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Token } from './token.ts';

const pattern = /^([0-9]+)(?:\.([0-9]+))?(?:\s*([A-Za-z]+))?$/;

/**
 * Reads an amount that a person typed: `1.5 FET`, `100 cogs`, or `1.5`, which means tokens.
 *
 * @param token - symbol (compared in any case) and decimals of the token
 * @returns cogs
 * @throws BaseError `AMOUNT_INVALID` for other units, signs, exponents, fractions of a cog, and amounts above 2^256 - 1
 */
export function parseAmount(
  text: string,
  token: Token,
  options: { place?: string | undefined } = {},
): bigint {
  const { place } = options;
  const { symbol, decimals } = token;
  const found = quote(text);
  const match = text.length <= 200 ? pattern.exec(text.trim()) : null;
  const [, whole, fraction = '', unit = symbol] = match ?? [];
  if (whole === undefined) {
    throw new BaseError('AMOUNT_INVALID', 'This is not an amount.', {
      place,
      expected: `a plain decimal with a unit, such as "1.5 ${symbol}" or "100 cogs"`,
      found,
    });
  }
  const scale = getScale(unit, token);
  if (scale === undefined) {
    throw new BaseError('AMOUNT_INVALID', 'The unit of the amount is unknown.', {
      place,
      expected: `${symbol} or cogs`,
      found,
      hint: `Amounts are in ${symbol} here; write "${whole}${fraction && `.${fraction}`} ${symbol}" if that is what you mean.`,
    });
  }
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > scale) {
    throw new BaseError('AMOUNT_INVALID', 'The amount is not a whole number of cogs.', {
      place,
      expected:
        scale === 0 ? 'a whole number of cogs' : `at most ${decimals} decimals for ${symbol}`,
      found,
    });
  }
  const cogs = BigInt(whole + digits.padEnd(scale, '0'));
  if (cogs > maxUint256) {
    throw new BaseError('AMOUNT_INVALID', 'The amount is larger than any contract can hold.', {
      place,
      expected: 'at most 2^256 - 1 cogs',
      found,
    });
  }
  return cogs;
}

function getScale(unit: string, { symbol, decimals }: Token): number | undefined {
  const name = unit.toLowerCase();
  if (name === 'cogs' || name === 'cog') return 0;
  return name === symbol.toLowerCase() ? decimals : undefined;
}
