import { parse } from 'lossless-json';
import { BaseError } from '../errors/base-error.ts';
import type { JsonValue } from './json-value.ts';

/** Options of {@link parseJson}. */
export interface ParseJsonOptions {
  /** What the text is, for the error message: a file, or a document and its content identifier. */
  readonly place?: string | undefined;
}

/**
 * Reads JSON without losing a digit of an integer: up to 2^53 - 1 as `number`, beyond it as
 * `bigint`; numbers with a fraction or an exponent are `number`. Key order is kept, except that
 * JavaScript puts keys which are array indices first. A key that occurs twice with two values is an
 * error, and a key named `__proto__` is a key like any other.
 *
 * @throws BaseError `JSON_INVALID` with line and column
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): JsonValue {
  try {
    return parse(text, undefined, { parseNumber }) as JsonValue;
  } catch (cause) {
    throw describe(cause, text, options.place);
  }
}

function parseNumber(text: string): number | bigint {
  if (/^-?[0-9]+$/.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  }
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new SyntaxError(`Number too large: '${shorten(text)}'`);
}

// The library tells the position only inside its message, at the end; other errors (stack used up
// by nesting, a number too large) have none.
function describe(cause: unknown, text: string, place: string | undefined): BaseError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [, problem = message, position] = /^(.*) at position ([0-9]+)$/s.exec(message) ?? [];
  const where = position === undefined ? undefined : locate(text, Number(position));
  return new BaseError('JSON_INVALID', 'The text is not valid JSON.', {
    place: [place, where].filter((part) => part !== undefined).join(', ') || undefined,
    found: cause instanceof RangeError ? 'values nested too deeply' : shorten(problem),
  });
}

function locate(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

function shorten(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 160)}...`;
}
