import { type JsonValue, parseJson, stringifyJson } from '@snetkit/core';

// Nothing else can lose a digit: `JSON.parse` is exact for shorter integers.
const longNumber = /\d{16}/;

/**
 * Reads JSON without losing a digit of an integer, at the speed of `JSON.parse` where there is none to
 * lose. Integers beyond 2^53 - 1 are bigint.
 *
 * @throws SyntaxError, or BaseError `JSON_INVALID`
 */
export function readExactJson(text: string): JsonValue {
  return longNumber.test(text) ? parseJson(text) : (JSON.parse(text) as JsonValue);
}

/** Writes JSON; a bigint is its plain digits. */
export function writeExactJson(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch {
    return stringifyJson(value);
  }
}
