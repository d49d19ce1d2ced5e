/** What can go wrong while a chain is started. */
export type AnvilErrorCode =
  | 'ANVIL_ABORTED'
  | 'ANVIL_MISSING'
  | 'ANVIL_START_FAILED'
  | 'ANVIL_START_TIMED_OUT';

/**
 * The error of this package. It has the shape of the `BaseError` of `@snetkit/core` (`code`,
 * `shortMessage`, `hint`), which this package must not import: it stands below everything.
 */
export class AnvilError extends Error {
  override readonly name = 'AnvilError';
  readonly code: AnvilErrorCode;
  /** The first line of `message`. */
  readonly shortMessage: string;
  /** How to repair it. */
  readonly hint: string;

  constructor(
    code: AnvilErrorCode,
    shortMessage: string,
    options: { hint: string; found?: string | undefined; cause?: unknown },
  ) {
    const { hint, found, cause } = options;
    const lines = [shortMessage, ...(found ? [`Found: ${found}`] : []), `Fix: ${hint}`];
    super(lines.join('\n'), cause === undefined ? undefined : { cause });
    this.code = code;
    this.shortMessage = shortMessage;
    this.hint = hint;
  }
}
