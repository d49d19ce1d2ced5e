import { isDeepStrictEqual } from 'node:util';
import { configError } from './config-error.ts';
import type { PlaceOf } from './merge.ts';
import { type Config, type KeyName, keyNames, schema } from './schema.ts';

/**
 * Settings whose feature comes later, or never: one line for the log for each that is set to something else than
 * its default.
 *
 * @throws BaseError for a setting that would be unsafe to ignore.
 */
export function checkLater(config: Config, placeOf: PlaceOf): readonly string[] {
  const idle = keyNames.flatMap((key) => {
    const { later, effective } = schema[key];
    if (effective !== undefined) {
      const fields = Object.keys(config[key] ?? {}).filter((field) => !effective.includes(field));
      return fields.map((field) => placeOf(key, [field]));
    }
    if (later === undefined || isDefault(config, key)) return [];
    if (later === 'refuse') throw refuse(config, key, placeOf(key));
    return [placeOf(key)];
  });
  return idle.map((place) => `${place} has no effect yet`);
}

function isDefault(config: Config, key: KeyName): boolean {
  const { type, default: initial } = schema[key];
  const parsed = type.parse(initial ?? '');
  return 'value' in parsed && isDeepStrictEqual(parsed.value, config[key]);
}

function refuse(config: Config, key: KeyName, place: string) {
  const { default: initial, fix } = schema[key];
  return configError([
    {
      key,
      place,
      path: [],
      value: config[key],
      expected: initial === undefined ? 'no value' : JSON.stringify(initial),
      hint:
        fix ?? `This daemon does not have it, and to go on without would be unsafe. Remove ${key}.`,
    },
  ]);
}
