import { commands } from './commands.ts';

/** The text of `snetd --help`. */
export function formatHelp(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'snetd [COMMAND] [-c FILE]',
    '',
    'Stands in front of an AI service and lets calls through that are paid for.',
    '',
    'Commands:',
    ...lines,
    '',
    'Options:',
    '  -c, --config FILE  Configuration (default: snetd.config.json)',
    '  -h, --help         This text',
    '',
    'Every setting can also be given as an environment variable: SNET_SERVICE_ID=my_service.',
  ].join('\n');
}
