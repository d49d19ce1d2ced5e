import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** Options that every command takes. */
export const globalOptions = {
  config: { type: 'string', short: 'c' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** A command line taken apart. */
export interface SplitArguments {
  /** Name of a command; one that does not exist; undefined when no word is given. */
  readonly name: string | undefined;
  /** The options, before and after the name. */
  readonly rest: readonly string[];
}

/** Finds the command in a command line: one or two words, perhaps after global options. */
export function splitArguments(
  args: readonly string[],
  names: ReadonlySet<string>,
): SplitArguments {
  let start = 0;
  while (args[start]?.startsWith('-')) start += /^(-c|--config)$/.test(args[start] ?? '') ? 2 : 1;
  const two = args.slice(start, start + 2).join(' ');
  const name = names.has(two) ? two : args[start];
  const rest = [...args.slice(0, start), ...args.slice(start + (name?.split(' ').length ?? 0))];
  return { name, rest };
}

/**
 * Reads options.
 *
 * @param names.positional - name under which one bare word is returned; none may be given without it
 * @throws UsageError for an option that the command does not have, or a stray word
 */
export function parseOptions(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  { positional }: { positional?: string | undefined } = {},
): Record<string, string | boolean | undefined> {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: { ...globalOptions, ...options },
      allowPositionals: positional !== undefined,
    });
    const [word, stray] = parsed.positionals;
    if (stray !== undefined) throw new UsageError(`Unexpected argument '${stray}'.`);
    const values = parsed.values as Record<string, string | boolean | undefined>;
    return positional === undefined || word === undefined
      ? values
      : { ...values, [positional]: word };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const [sentence] = (cause instanceof Error ? cause.message : String(cause)).split(/\. |\n/);
    throw new UsageError(`${sentence}.`, { cause });
  }
}
