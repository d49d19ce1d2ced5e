import type { ParseArgsOptionsConfig } from 'node:util';

/** What a command works with. */
export interface CommandInput {
  /** Options by name; those without a value are `true`. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a line to standard output. */
  print(line: string): void;
  /** Writes a line to standard error. */
  warn(line: string): void;
}

/** One command of `snetd`: thin, the work is done elsewhere. */
export interface Command {
  /** Options beside the global ones. */
  readonly options?: ParseArgsOptionsConfig;
  /** Name of the bare word that it takes, in capitals: it stands among the options. */
  readonly positional?: string;
  /** Puts arguments into the shape that the parser reads. */
  prepare?(args: readonly string[]): readonly string[];
  /**
   * @returns the exit code
   * @throws BaseError, which is printed
   */
  run(input: CommandInput): Promise<number>;
}
