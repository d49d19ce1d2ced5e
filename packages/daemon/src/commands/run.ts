import { nearest } from '../config/nearest.ts';
import type { CommandInput } from './command.ts';
import { commands } from './commands.ts';
import { formatHelp } from './help.ts';
import { parseOptions, splitArguments } from './parse-arguments.ts';
import { printFailure } from './print-failure.ts';
import { UsageError } from './usage-error.ts';

/** Where a command line comes from and where its output goes. */
export type RunOptions = Omit<CommandInput, 'options'>;

/** Runs a command line; resolves with the exit code. Nothing is thrown: failures are printed. */
export async function run(args: readonly string[], options: RunOptions): Promise<number> {
  try {
    const { name = 'serve', rest } = splitArguments(args, new Set(commands.keys()));
    const entry = commands.get(name);
    if (entry === undefined) {
      if (rest.includes('--help') || rest.includes('-h') || name === 'help') {
        options.print(formatHelp());
        return 0;
      }
      throw unknownCommand(name);
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      options.print(formatHelp());
      return 0;
    }
    const command = await entry.load();
    const given = parseOptions(command.prepare?.(rest) ?? rest, command.options ?? {}, {
      positional: command.positional,
    });
    return await command.run({ ...options, options: given });
  } catch (cause) {
    return await printFailure(cause, options);
  }
}

function unknownCommand(name: string): UsageError {
  const names = [...commands.keys()];
  const suggestion = names.find((known) => known.startsWith(`${name} `)) ?? nearest(name, names);
  const question = suggestion === undefined ? '.' : `, did you mean '${suggestion}'?`;
  return new UsageError(`Unknown command '${name}'${question}`);
}
