import { type ErrorCode, errorCodes } from './codes.ts';
import { describeCause, type ErrorCause, getCauseText } from './describe-cause.ts';
import type { ErrorClass } from './error-class.ts';

/** What an error may tell beyond its code and short message. */
export interface BaseErrorOptions {
  /** Where: file and key path, header name, contract and function. */
  readonly place?: string | undefined;
  /** What should have been there. */
  readonly expected?: string | undefined;
  /** What was there instead; never a secret. */
  readonly found?: string | undefined;
  /** How to repair it. */
  readonly hint?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** An error as an object: what `--json` prints. */
export interface BaseErrorJson {
  readonly code: ErrorCode;
  readonly class: ErrorClass;
  readonly message: string;
  readonly place?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
  readonly cause?: ErrorCause;
}

/**
 * The error of every package: a stable code, a short message, and what a person needs to repair it.
 *
 * @example
 * ```ts
 * throw new BaseError('AMOUNT_INVALID', 'The price is negative.', { place: 'pricing.price_in_cogs' });
 * ```
 */
export class BaseError extends Error {
  override readonly name: string = 'BaseError';
  readonly code: ErrorCode;
  /** The first line of `message`. */
  readonly shortMessage: string;
  declare readonly place?: string;
  declare readonly expected?: string;
  declare readonly found?: string;
  declare readonly hint?: string;

  constructor(code: ErrorCode, shortMessage: string, options: BaseErrorOptions = {}) {
    const { expected, found, hint, cause } = options;
    const place = shorten(options.place);
    super(
      [
        shortMessage,
        place !== undefined && `Place: ${place}`,
        expected !== undefined && `Expected: ${expected}`,
        found !== undefined && `Found: ${found}`,
        hint !== undefined && `Fix: ${hint}`,
      ]
        .filter((line) => line !== false)
        .join('\n'),
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.shortMessage = shortMessage;
    if (place !== undefined) this.place = place;
    if (expected !== undefined) this.expected = expected;
    if (found !== undefined) this.found = found;
    if (hint !== undefined) this.hint = hint;
  }

  /** The error without stack and secrets; causes are reduced to what may be shown. */
  toJSON(): BaseErrorJson {
    const { place, expected, found, hint, cause } = this;
    return {
      code: this.code,
      class: errorCodes[this.code].class,
      message: this.shortMessage,
      ...(place !== undefined && { place }),
      ...(expected !== undefined && { expected }),
      ...(found !== undefined && { found }),
      ...(hint !== undefined && { hint }),
      ...(cause !== undefined && { cause: describeCause(cause) }),
    };
  }

  /**
   * Turns whatever was thrown into a `BaseError`; one that is one already is returned as it is.
   * The value is kept as the cause, and secrets are taken out of its text. Without `code`, an
   * `AbortError` becomes `ABORTED`, a `TimeoutError` `TIMED_OUT`, and everything else `INTERNAL`.
   */
  static from(value: unknown, code?: ErrorCode): BaseError {
    if (value instanceof BaseError) return value;
    const name = value instanceof Error ? value.name : '';
    const guess =
      name === 'AbortError' ? 'ABORTED' : name === 'TimeoutError' ? 'TIMED_OUT' : 'INTERNAL';
    // Libraries put whole requests into the lines after the first; the cause keeps them.
    const [line] = getCauseText(value).split('\n', 1);
    return new BaseError(code ?? guess, line || 'Unknown error.', { cause: value });
  }
}

/** Keys and paths that somebody else chose may be as long as he likes. */
const maxPlace = 1_000;

function shorten(place: string | undefined): string | undefined {
  if (place === undefined || place.length <= maxPlace) return place;
  return `${place.slice(0, maxPlace)}… (${place.length} characters)`;
}
