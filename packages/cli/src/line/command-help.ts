import type { Command, OptionSpecs } from '../commands/command.ts';
import { formatColumns } from './format-columns.ts';
import { globalOptions } from './global-options.ts';

/** The text of `snet COMMAND --help`. */
export function formatCommandHelp(name: string, command: Command): string {
  const words = command.arguments.map(({ name: word, optional }) =>
    optional === true ? `[${word}]` : word,
  );
  const sections = [
    ['Usage', [`  ${['snet', name, ...words, '[options]'].join(' ')}`]],
    ['Arguments', formatColumns(command.arguments.map((word) => [word.name, word.about]))],
    ['Options', formatColumns(listOptions({ ...command.options, ...globalOptions }))],
    ['Examples', command.examples.map((example) => `  snet ${example}`)],
  ] as const;
  const texts = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines].join('\n'));
  return [command.about, ...texts].join('\n\n');
}

function listOptions(options: OptionSpecs): [string, string][] {
  return Object.entries(options).map(([name, { short, value, about }]) => [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    about,
  ]);
}
