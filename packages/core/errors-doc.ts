// Writes the page about error codes from the table, so that no code is without a line.
import { readFileSync } from 'node:fs';
import { type ErrorCodeInfo, errorCodes } from './src/errors/codes.ts';
import { exitCodes } from './src/errors/exit-codes.ts';

/** The text of docs/errors.md. */
export function describeErrorCodes(): string {
  const classes = Object.entries(exitCodes).sort(([, a], [, b]) => a - b);
  const lines = [
    '# Error codes',
    '',
    '<!-- Generated from packages/core/src/errors/codes.ts by packages/core/codegen.ts. Do not edit. -->',
    '',
    'Every `BaseError` of the packages has one of these codes; `snet --json` prints it as `code`. A code keeps its',
    'meaning: scripts may rely on it. (`@snetkit/anvil` stands alone and names its own, `ANVIL_...`.)',
    '',
    'The class of an error is the exit code of a `snet` command that ended with it (`snetd` ends with 2 for config and',
    'usage, with 1 for everything else):',
    '',
    '| class | exit code |',
    '|---|---|',
    ...classes.map(([name, code]) => `| ${name} | ${code} |`),
  ];
  for (const [room, codes] of getRooms()) {
    if (codes.length === 0) continue;
    lines.push(
      '',
      `## ${room}`,
      '',
      '| code | class | what happened | what to do |',
      '|---|---|---|---|',
    );
    for (const code of codes.toSorted()) {
      const {
        class: name,
        summary,
        fix,
      }: ErrorCodeInfo = errorCodes[code as keyof typeof errorCodes];
      lines.push(`| \`${code}\` | ${name} | ${cell(summary)} | ${cell(fix)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The codes of each room: the comments in the table say where a room begins. */
function getRooms(): Map<string, string[]> {
  const source = readFileSync(new URL('./src/errors/codes.ts', import.meta.url), 'utf8');
  const rooms = new Map<string, string[]>();
  let codes: string[] = [];
  for (const line of source.split('\n')) {
    const room = /^ {2}\/\/ --- (\w+) ---$/.exec(line)?.[1];
    if (room !== undefined) {
      codes = [];
      rooms.set(room, codes);
    }
    const code = /^ {2}([A-Z0-9_]+): \{/.exec(line)?.[1];
    if (code !== undefined) codes.push(code);
  }
  return rooms;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
