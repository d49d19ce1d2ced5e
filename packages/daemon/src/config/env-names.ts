import type { Key } from './key.ts';
import { type KeyName, keyNames, schema } from './schema.ts';
import type { ValueType } from './types/value-type.ts';

/** What an environment variable sets. */
export interface EnvTarget {
  readonly key: KeyName;
  readonly path: readonly string[];
}

/**
 * Environment variables, each with what it sets: `SNET_SERVICE_ID`, `SNET_LOG_LEVEL` for a field. The
 * dotted names of the official daemon (`SNET_LOG.LEVEL`) and old names are known as well.
 */
export const envTargets: ReadonlyMap<string, EnvTarget> = new Map(
  keyNames.flatMap((key) =>
    [key, ...(schema[key].aliases ?? [])].flatMap((name) =>
      targetsOf(schema[key].type, [name]).flatMap(([path, fields]) =>
        ['_', '.'].map((separator) => [envName(path, separator), { key, path: fields }] as const),
      ),
    ),
  ),
);

/** Variables that name a file in which a secret stands, each with the key that it sets: `SNET_TOKEN_SECRET_KEY_FILE`. */
export const fileEnvTargets: ReadonlyMap<string, KeyName> = new Map(
  keyNames
    .filter((key) => mayBeInFile(schema[key]))
    .map((key) => [`${envName([key])}_FILE`, key] as const),
);

/** Whether a key may be read from a file of its own: secrets, and URLs that providers put keys into. */
export function mayBeInFile({ secret, privateUrl }: Key<unknown>): boolean {
  return secret === true || privateUrl === true;
}

/** The variable that sets a key. */
export function envName(path: readonly string[], separator = '_'): string {
  return `SNET_${path.join(separator).toUpperCase()}`;
}

function targetsOf(
  type: ValueType<unknown>,
  path: readonly string[],
  fields: readonly string[] = [],
): [path: readonly string[], fields: readonly string[]][] {
  const below = Object.entries(type.fields ?? {}).flatMap(([name, field]) =>
    targetsOf(field, [...path, name], [...fields, name]),
  );
  return [[path, fields], ...below];
}
