import { BaseError } from '@snetkit/core';

/** Where in a request a value stands, and in which message type. */
export interface FieldPlace {
  /** `fault.code`, `texts[2]`; empty for the request itself. */
  readonly path: string;
  /** Full name of the message type that holds the field. */
  readonly typeName: string;
}

/** The error of a value that a field cannot hold. */
export function invalidField(
  { path, typeName }: FieldPlace,
  expected: string,
  value: unknown,
  cause?: unknown,
): BaseError {
  const what = path === '' ? `The message ${typeName}` : `The field ${path} of ${typeName}`;
  return new BaseError('FIELD_INVALID', `${what} cannot hold this value.`, {
    expected,
    found: describeValue(value),
    cause,
  });
}

/** Shows a value without showing much of it: requests may hold anything. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') {
    return value.length <= 40 ? JSON.stringify(value) : `a text of ${value.length} characters`;
  }
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
