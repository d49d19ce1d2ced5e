/** What can go wrong between a program and its browser. */
export type ChromiumErrorCode = 'BUNDLE_FAILED' | 'CHROMIUM_MISSING' | 'CHROMIUM_START_FAILED';

/** The error of this package, with the `code` and `hint` that all errors of this repository have. */
export class ChromiumError extends Error {
  override readonly name = 'ChromiumError';
  readonly code: ChromiumErrorCode;
  /** How to repair it. */
  readonly hint: string;

  constructor(
    code: ChromiumErrorCode,
    message: string,
    options: { hint: string; found?: string | undefined; cause?: unknown },
  ) {
    const { hint, found, cause } = options;
    const lines = [message, ...(found ? [`Found: ${found}`] : []), `Fix: ${hint}`];
    super(lines.join('\n'), cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
