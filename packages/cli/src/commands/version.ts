import { readFileSync } from 'node:fs';
import { defineCommand } from './command.ts';

/** `snet version` and `snet --version`. */
export const version = defineCommand({
  about: 'Prints the version of snet.',
  arguments: [],
  options: {},
  examples: ['version'],
  async run({ output }) {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    output.result({ version }, () => version);
  },
});
