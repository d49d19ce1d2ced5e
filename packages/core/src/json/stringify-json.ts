import { stringify } from 'lossless-json';
import { BaseError } from '../errors/base-error.ts';

/** Options of {@link stringifyJson}. */
export interface StringifyJsonOptions {
  /** Spaces for each level, at most 10; on one line unless given. */
  readonly indent?: number | undefined;
}

/**
 * Writes JSON in which a `bigint` is its plain digits. `undefined` members are left out and `toJSON`
 * is honoured, as `JSON.stringify` does; key order is kept.
 *
 * @throws BaseError `JSON_INVALID` for functions, symbols, numbers that are not finite, and objects
 *   that contain themselves
 */
export function stringifyJson(value: unknown, options: StringifyJsonOptions = {}): string {
  let text: string | undefined;
  try {
    text = stringify(value, refuse, options.indent);
  } catch (cause) {
    throw cause instanceof RangeError ? invalid('an object that contains itself', '') : cause;
  }
  if (text === undefined) throw invalid('undefined', '');
  return text;
}

// JSON.stringify writes NaN as null and drops functions: both hide a mistake.
function refuse(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw invalid(`the number ${value}`, key);
  }
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw invalid(`a ${typeof value}`, key);
  }
  return value;
}

function invalid(found: string, key: string): BaseError {
  return new BaseError('JSON_INVALID', 'The value cannot be written as JSON.', {
    place: key === '' ? undefined : key,
    found,
  });
}
