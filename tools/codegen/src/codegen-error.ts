/** What can go wrong while code is generated. */
export type CodegenErrorCode =
  | 'CODEGEN_ABORTED'
  | 'CODEGEN_FAILED'
  | 'CODEGEN_INPUT_INVALID'
  | 'CODEGEN_INPUT_MISSING'
  | 'CODEGEN_OUTPUT_MISSING'
  | 'CODEGEN_OUTPUT_TAKEN'
  | 'CODEGEN_TOOL_MISSING';

/** What an error may tell beyond its code and short message. */
export interface CodegenErrorOptions {
  /** The file or folder. */
  readonly place?: string | undefined;
  /** What was there, or what the program printed. */
  readonly found?: string | undefined;
  /** How to repair it. */
  readonly hint?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The error of this package. It has the shape of the `BaseError` of `@snetkit/core` (`code`,
 * `shortMessage`, `place`, `found`, `hint`), which this package must not import.
 */
export class CodegenError extends Error {
  override readonly name = 'CodegenError';
  readonly code: CodegenErrorCode;
  /** The first line of `message`. */
  readonly shortMessage: string;
  readonly place: string | undefined;
  readonly found: string | undefined;
  readonly hint: string | undefined;

  constructor(code: CodegenErrorCode, shortMessage: string, options: CodegenErrorOptions = {}) {
    const { place, found, hint, cause } = options;
    const lines = [
      shortMessage,
      ...(place === undefined ? [] : [`Place: ${place}`]),
      ...(found === undefined ? [] : [`Found: ${found}`]),
      ...(hint === undefined ? [] : [`Fix: ${hint}`]),
    ];
    super(lines.join('\n'), cause === undefined ? undefined : { cause });
    this.code = code;
    this.shortMessage = shortMessage;
    this.place = place;
    this.found = found;
    this.hint = hint;
  }
}
