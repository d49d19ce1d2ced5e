import { explainKey } from '../config/explain-key.ts';
import { loadConfig, readLayers } from '../config/load.ts';
import { keyNames } from '../config/schema.ts';
import type { Command } from './command.ts';

/** `snetd config show`: every setting that has a value, and where it comes from; of secrets only that they are set. */
export const configShow: Command = {
  async run({ options, env, print }) {
    const from = { file: options['config'] as string | undefined, env };
    // What does not fit is told, not shown.
    await loadConfig(from);
    const found = await readLayers(from);
    for (const key of keyNames) {
      const { value, sources } = explainKey(key, found);
      if (value !== undefined) print(`${key} = ${value}  # ${sources.join(', then ')}`);
    }
    return 0;
  },
};
