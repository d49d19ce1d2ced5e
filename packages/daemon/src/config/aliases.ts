import { type KeyName, keyNames, schema } from './schema.ts';

/** Old names of the official daemon, and the keys that they set (daemon.md 6.1). */
export const aliases: ReadonlyMap<string, KeyName> = new Map(
  keyNames.flatMap((name) => (schema[name].aliases ?? []).map((alias) => [alias, name] as const)),
);
