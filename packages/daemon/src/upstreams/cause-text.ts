import { BaseError } from '@snetkit/core';

/** One line that tells why a connection failed. */
export function causeText(cause: unknown): string {
  if (cause instanceof BaseError) return cause.shortMessage;
  // A name with several addresses fails with one error for each and no text of its own.
  if (cause instanceof AggregateError && cause.message === '') {
    return cause.errors.map(causeText).join(', ');
  }
  return cause instanceof Error ? cause.message : String(cause);
}
