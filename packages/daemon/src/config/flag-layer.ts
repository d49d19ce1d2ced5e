import type { Layer } from './layer.ts';
import { keyNames, schema } from './schema.ts';

/** Options of the official `serve` that never had an effect; accepted, so that old start scripts go on working. */
export const idleFlags: readonly { readonly name: string; readonly short?: string }[] = [
  { name: 'port', short: 'p' },
  { name: 'mnemonic' },
  { name: 'wallet-index' },
  { name: 'db-path' },
  { name: 'service-type' },
  { name: 'wire-encoding' },
  { name: 'poll-sleep' },
];

/** Settings from the options of the command line, by option name. */
export function readFlagLayer(flags: Readonly<Record<string, string | undefined>>): Layer {
  const settings = keyNames.flatMap((key) => {
    const name = schema[key].flag?.name;
    const raw = name === undefined ? undefined : flags[name];
    return raw === undefined ? [] : [{ key, path: [], raw, place: `option --${name}` }];
  });
  const warnings = idleFlags
    .filter(({ name }) => flags[name] !== undefined)
    .map(({ name }) => `option --${name} has no effect`);
  return { settings, warnings };
}
