import type { CommandEntry } from '../commands/commands.ts';
import { formatColumns } from './format-columns.ts';

/** The text of `snet --help`, or of `snet GROUP --help` for the commands of one group. */
export function formatOverview(commands: ReadonlyMap<string, CommandEntry>, group = ''): string {
  const shown = [...commands].filter(([name]) => group === '' || name.startsWith(`${group} `));
  return [
    'Calls AI services of SingularityNET and pays for them.',
    '',
    'Usage',
    `  snet ${group === '' ? 'COMMAND' : `${group} COMMAND`} [options]`,
    '',
    'Commands',
    ...formatColumns(shown.map(([name, { summary }]) => [name, summary])),
    '',
    'Options',
    ...formatColumns([
      ['-h, --help', 'Explain a command: snet call --help'],
      ['    --json', 'Print JSON for programs'],
      ['-v, --version', 'Print the version'],
    ]),
  ].join('\n');
}
