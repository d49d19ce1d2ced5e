import type { Key } from './key.ts';
import { accessKeys } from './keys/access-keys.ts';
import { chainKeys } from './keys/chain-keys.ts';
import { limitKeys } from './keys/limit-keys.ts';
import { listenerKeys } from './keys/listener-keys.ts';
import { observeKeys } from './keys/observe-keys.ts';
import { serviceKeys } from './keys/service-keys.ts';
import { storageKeys } from './keys/storage-keys.ts';

/**
 * The table of every setting: types, defaults, checks, environment names, old names and the reference
 * page all come from it. Source: daemon.md, section 6.2; own keys are marked.
 */
export const schema = {
  ...chainKeys,
  ...serviceKeys,
  ...limitKeys,
  ...listenerKeys,
  ...storageKeys,
  ...accessKeys,
  ...observeKeys,
} as const;

/** Name of a setting. */
export type KeyName = keyof typeof schema;

/** The settings of one daemon, by their official names. */
export type Config = {
  readonly [K in KeyName]: (typeof schema)[K] extends Key<infer T> ? T : never;
};

/** All names, in the order of the table. */
export const keyNames = Object.keys(schema) as readonly KeyName[];

/** Looks a key up by any name; undefined when there is none. */
export function findKey(name: string): Key<unknown> | undefined {
  return Object.hasOwn(schema, name) ? (schema[name as KeyName] as Key<unknown>) : undefined;
}
