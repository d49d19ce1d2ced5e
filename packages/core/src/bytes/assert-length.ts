import { BaseError } from '../errors/base-error.ts';

/** Checks that a byte string has the length that its place needs. */
export function assertLength(bytes: Uint8Array, length: number, what: string): void {
  if (bytes.length === length) return;
  throw new BaseError('BYTES_LENGTH_INVALID', `${what} must have ${length} bytes.`, {
    expected: `${length} bytes`,
    found: `${bytes.length} bytes`,
  });
}
