import { stringifyJson } from '@snetkit/core';
import { loadConfig } from '../config/load.ts';
import type { Command } from './command.ts';

/** `snetd config check`: loads the settings as `serve` does; exit code 2 when they do not fit. */
export const configCheck: Command = {
  options: { json: { type: 'boolean' } },
  async run({ options, env, print }) {
    const { warnings } = await loadConfig({ file: options['config'] as string | undefined, env });
    if (options['json'] === true) print(stringifyJson({ ok: true, warnings }));
    else for (const line of [...warnings, 'The configuration fits.']) print(line);
    return 0;
  },
};
