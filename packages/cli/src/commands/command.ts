import type { Output } from '../output/output.ts';

/** A word that a command takes. */
export interface ArgumentSpec {
  /** Upper case, as the help shows it. */
  readonly name: string;
  readonly about: string;
  readonly optional?: boolean;
}

/** An option of a command. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What the value is, as the help shows it: `URL`. */
  readonly value?: string;
  readonly about: string;
}

/** Options of a command by name. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The values of options: text, `true` for flags, lists for those that may be repeated. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [name in keyof Specs]?: Specs[name] extends { readonly multiple: true }
    ? readonly string[]
    : Specs[name]['type'] extends 'string'
      ? string
      : boolean;
};

/** What a command works with. */
export interface CommandInput<Specs extends OptionSpecs = OptionSpecs> {
  /** As many as the command has; optional ones may be missing at the end. */
  readonly arguments: readonly string[];
  readonly options: OptionValues<Specs>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly output: Output;
  /** Aborted by Ctrl-C and by a request to end. */
  readonly signal: AbortSignal;
}

/** One command: thin, the work is done elsewhere. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  /** What it does, in some sentences. */
  readonly about: string;
  readonly arguments: readonly ArgumentSpec[];
  /** Options beside the global ones. */
  readonly options: Specs;
  /** Command lines without the leading `snet`. */
  readonly examples: readonly string[];
  /** @throws BaseError, which is printed */
  run(input: CommandInput<Specs>): Promise<void>;
}

/** Makes a command whose `run` knows the types of its options. */
export function defineCommand<const Specs extends OptionSpecs>(
  command: Command<Specs>,
): Command<Specs> {
  return command;
}
