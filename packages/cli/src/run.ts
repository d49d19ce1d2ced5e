import type { Command, CommandInput } from './commands/command.ts';
import { commands } from './commands/commands.ts';
import { formatCommandHelp } from './line/command-help.ts';
import { nearest } from './line/nearest.ts';
import { formatOverview } from './line/overview.ts';
import { parseLine } from './line/parse-line.ts';
import { splitLine } from './line/split-line.ts';
import { UsageError } from './line/usage-error.ts';
import { createOutput } from './output/output.ts';
import { printFailure } from './output/print-failure.ts';
import { watchSignals } from './session/watch-signals.ts';

/** Where a command line comes from, and where its output goes. */
export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Runs a command line; resolves with the exit code. Nothing is thrown: failures are printed. */
export async function run(line: readonly string[], options: RunOptions): Promise<number> {
  const args = line[0] === 'help' ? [...line.slice(1), '--help'] : line;
  const isJson = args.includes('--json');
  const output = createOutput({ ...options, isJson });
  const signals = watchSignals();
  try {
    const { name, words, rest } = splitLine(args, new Set(commands.keys()));
    const { env, stdin } = options;
    const surroundings = { env, stdin, output, signal: signals.signal };
    if (name === undefined) return await runWithoutCommand(words, rest, surroundings);
    const command = (await commands.get(name)?.load()) as Command;
    const parsed = parseLine(name, command, rest);
    if (parsed.options['help'] === true) {
      output.line(formatCommandHelp(name, command));
      return 0;
    }
    await command.run({ ...parsed, ...surroundings } as CommandInput);
    return 0;
  } catch (cause) {
    const isWanted = (cause as { code?: unknown } | undefined)?.code === 'ABORTED';
    // Who pressed Ctrl-C knows why the command ended.
    if (signals.exitCode !== undefined && isWanted && !isJson) return signals.exitCode;
    const exitCode = await printFailure(cause, output);
    return signals.exitCode ?? exitCode;
  } finally {
    signals.stop();
  }
}

/** `snet --version`, `snet --help`, `snet account --help`, and names that are none. */
async function runWithoutCommand(
  words: readonly string[],
  rest: readonly string[],
  input: Omit<CommandInput, 'arguments' | 'options'>,
): Promise<number> {
  const { output } = input;
  const [group = ''] = words;
  const isHelp = rest.includes('--help') || rest.includes('-h');
  const isGroup = [...commands.keys()].some((name) => name.startsWith(`${group} `));
  const isKnown = words.length === 0 || isGroup;
  if (isKnown) checkGlobalFlags(rest, words.length === 0 ? 'snet' : `snet ${group}`);
  if (words.length === 0 && (rest.includes('--version') || rest.includes('-v'))) {
    const version = await commands.get('version')?.load();
    await version?.run({ ...input, arguments: [], options: {} });
    return 0;
  }
  if (words.length > 0 && !(isHelp && isGroup)) {
    throw unknownCommand(words, isGroup ? group : undefined);
  }
  output.line(formatOverview(commands, group));
  return 0;
}

/** What stands where no command is must at least be a flag that is known there. */
function checkGlobalFlags(rest: readonly string[], typed: string): void {
  const known = ['--json', '--help', '-h', ...(typed === 'snet' ? ['--version', '-v'] : [])];
  const unknown = rest.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  const meant = unknown.startsWith('--') ? nearest(unknown, known) : undefined;
  throw new UsageError(
    `"${typed}" has no option ${JSON.stringify(unknown.slice(0, 40))}.`,
    meant === undefined ? `See "${typed} --help".` : `Did you mean ${meant}?`,
  );
}

function unknownCommand(words: readonly string[], group: string | undefined): UsageError {
  const typed = words.join(' ');
  if (group !== undefined && words.length === 1) {
    const names = [...commands.keys()].filter((name) => name.startsWith(`${group} `));
    return new UsageError(`"snet ${group}" needs a command.`, `There is: ${names.join(', ')}.`);
  }
  const meant = nearest(typed, commands.keys()) ?? nearest(words[0] ?? '', commands.keys());
  return new UsageError(
    `There is no command ${JSON.stringify(typed)}.`,
    meant === undefined ? 'See "snet --help".' : `Did you mean "snet ${meant}"?`,
  );
}
