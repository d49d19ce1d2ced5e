import { stringifyJson } from '@snetkit/core';
import { aliases } from '../config/aliases.ts';
import { envTargets } from '../config/env-names.ts';
import { explainKey, type KeyExplanation } from '../config/explain-key.ts';
import { readLayers } from '../config/load.ts';
import { nearest } from '../config/nearest.ts';
import { type KeyName, keyNames } from '../config/schema.ts';
import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';

/** `snetd config explain KEY`: what a setting means, how it is given, and where its value comes from. */
export const configExplain: Command = {
  positional: 'KEY',
  options: { json: { type: 'boolean' } },
  async run({ options, env, print }) {
    const key = findName(options['KEY']);
    const found = await readLayers({ file: options['config'] as string | undefined, env });
    const explanation = explainKey(key, found);
    if (options['json'] === true) print(stringifyJson(explanation));
    else for (const line of format(explanation)) print(line);
    return 0;
  },
};

/** A key by its name, an old name, or its variable; a field means the key it belongs to. */
function findName(given: string | boolean | undefined): KeyName {
  if (typeof given !== 'string') throw new UsageError('Name the setting to explain.');
  const [name = ''] = given.toLowerCase().split('.');
  const known =
    keyNames.find((key) => key === name) ??
    aliases.get(name) ??
    envTargets.get(given.toUpperCase())?.key;
  if (known !== undefined) return known;
  const suggestion = nearest(name, [...keyNames, ...aliases.keys()]);
  const question = suggestion === undefined ? '.' : `, did you mean '${suggestion}'?`;
  throw new UsageError(`There is no setting '${given}'${question}`);
}

function format(explanation: KeyExplanation): readonly string[] {
  const { key, description, type, unit, rule, env, option, problem, sources } = explanation;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['type', unit === undefined || type.includes('duration') ? type : `${type} (${unit})`],
    ['rule', rule],
    ['default', explanation.default ?? 'none'],
    ['variable', env.join(', ')],
    ['old names', explanation.aliases.join(', ') || undefined],
    ['option', option],
    ['secret', explanation.isSecret ? 'yes: its value is never shown' : undefined],
    ['official', explanation.isOfficial ? undefined : 'no: the official daemon does not know it'],
    ['effect', explanation.hasEffect ? undefined : 'none yet'],
    ['value', explanation.value ?? 'not set'],
    ['from', sources.join(', then ') || undefined],
    ['wrong', problem],
  ];
  const shown = rows.filter(([, text]) => text !== undefined);
  return [
    key,
    `  ${description}`,
    ...shown.map(([name, text]) => `  ${`${name}:`.padEnd(11)}${text}`),
  ];
}
