import { BaseError } from '@snetkit/core';
import { aliases } from './aliases.ts';
import { retiredKeys } from './keys/retired-keys.ts';
import type { Layer, Setting } from './layer.ts';
import { nearest } from './nearest.ts';
import { findKey, type KeyName, keyNames } from './schema.ts';

/**
 * Settings from the content of a configuration file. Letter case of names does not matter; old names
 * win over new ones, as in the official daemon.
 *
 * @throws BaseError for a name that nobody knows.
 */
export function readFileLayer(
  content: Readonly<Record<string, unknown>>,
  options: { path: string },
): Layer {
  const { path } = options;
  const current: Setting[] = [];
  const old: Setting[] = [];
  const warnings: string[] = [];
  for (const [given, raw] of Object.entries(content)) {
    const name = given.toLowerCase();
    const target = aliases.get(name);
    const place = `${path}: ${given}`;
    if (findKey(name) !== undefined) current.push({ key: name as KeyName, path: [], raw, place });
    else if (target !== undefined) {
      old.push({ key: target, path: [], raw, place });
      warnings.push(`${place} is an old name; use ${target}`);
    } else if (retiredKeys.includes(name)) warnings.push(`${place} has no effect`);
    else throw unknownKey(given, path);
  }
  return { settings: [...current, ...old], warnings };
}

function unknownKey(name: string, path: string): BaseError {
  const suggestion = nearest(name, [...keyNames, ...aliases.keys()]);
  return new BaseError('CONFIG_KEY_UNKNOWN', `The configuration has a key that no daemon knows.`, {
    place: `${path}: ${name}`,
    expected: 'a key of the daemon',
    hint: suggestion === undefined ? `Remove ${name}.` : `Did you mean ${suggestion}?`,
  });
}
