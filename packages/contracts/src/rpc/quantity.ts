import { BaseError } from '@snetkit/core';

/**
 * Reads a number of a JSON-RPC answer (`0x1f`).
 *
 * @throws BaseError `RPC_ANSWER_INVALID`
 */
export function parseQuantity(value: unknown, what: string): bigint {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(value)) return BigInt(value);
  throw new BaseError('RPC_ANSWER_INVALID', `The chain answered no number for ${what}.`, {
    expected: '0x and hexadecimal digits',
    found: typeof value === 'string' ? `${value.length} characters` : typeof value,
  });
}

/** Writes a number as JSON-RPC wants it. */
export function formatQuantity(value: bigint): `0x${string}` {
  return `0x${value.toString(16)}`;
}
