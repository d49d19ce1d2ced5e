import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { ArgumentSpec, Command } from '../commands/command.ts';
import { globalOptions } from './global-options.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** Words and options of a command line. */
export interface ParsedLine {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/**
 * Reads the words and options of a command.
 *
 * @param name of the command, for messages
 * @throws UsageError
 */
export function parseLine(name: string, command: Command, rest: readonly string[]): ParsedLine {
  const options = { ...command.options, ...globalOptions };
  checkOptions(name, rest, Object.keys(options));
  const hint = `See "snet ${name} --help".`;
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(rest, options);
  } catch (cause) {
    const [sentence] = (cause instanceof Error ? cause.message : String(cause)).split(/\. |\n/);
    throw new UsageError(`${sentence}.`, hint);
  }
  const { positionals, values } = parsed;
  if (values['help'] !== true) checkCount(name, command.arguments, positionals);
  return { arguments: positionals, options: values as ParsedLine['options'] };
}

function parse(rest: readonly string[], options: Command['options']) {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short !== undefined && { short }), ...(multiple && { multiple }) },
    ]),
  );
  return parseArgs({ args: [...rest], options: config, allowPositionals: true, strict: true });
}

/** Says what an unknown option may have meant; the parser only says that it is unknown. */
function checkOptions(name: string, rest: readonly string[], known: readonly string[]): void {
  for (const word of rest) {
    if (word === '--') return;
    const option = /^--([^=]+)/.exec(word)?.[1];
    if (option === undefined || known.includes(option)) continue;
    if (/^(private-?key|mnemonic|password)$/.test(option)) {
      throw new UsageError(
        `There is no option --${option}: everybody on the machine can read command lines.`,
        'Give --private-key-file FILE, or set SNET_PRIVATE_KEY.',
      );
    }
    const meant = nearest(option, known);
    throw new UsageError(
      `"snet ${name}" has no option --${option}.`,
      meant === undefined ? `See "snet ${name} --help".` : `Did you mean --${meant}?`,
    );
  }
}

function checkCount(name: string, specs: readonly ArgumentSpec[], words: readonly string[]): void {
  const hint = `See "snet ${name} --help".`;
  const missing = specs.slice(words.length).find(({ optional }) => optional !== true);
  if (missing !== undefined) {
    throw new UsageError(`"snet ${name}" needs ${missing.name}: ${missing.about}.`, hint);
  }
  if (words.length <= specs.length) return;
  const extra = words[specs.length] ?? '';
  // A secret in the wrong place is longer than anything that belongs there.
  const shown = extra.length <= 40 ? JSON.stringify(extra) : `a word of ${extra.length} letters`;
  throw new UsageError(`"snet ${name}" has no use for ${shown}.`, hint);
}
