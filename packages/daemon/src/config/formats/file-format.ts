/** One way to write a configuration file. */
export interface FileFormat {
  /** As a person calls it. */
  readonly name: string;
  /**
   * The content as plain values.
   * @throws FormatFault
   */
  parse(text: string): unknown;
}

/** Why a text is not of its format, and where. */
export class FormatFault extends Error {
  override readonly name = 'FormatFault';
  /** From 1; 0 when it is not known. */
  readonly line: number;
  /** From 1; 0 when it is not known. */
  readonly column: number;

  constructor(
    message: string,
    options: { line?: number | undefined; column?: number | undefined; cause?: unknown },
  ) {
    const { line = 0, column = 0, cause } = options;
    super(message, { cause });
    this.line = line;
    this.column = column;
  }
}
