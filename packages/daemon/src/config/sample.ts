import { randomBytes } from 'node:crypto';
import { keyNames, schema } from './schema.ts';

/**
 * What a provider has to think about; everything else has a default (daemon.md 6.3). The secret of
 * prepaid tokens is a new one each time: the default of the official daemon is public.
 */
export function minimalConfig(): Readonly<Record<string, unknown>> {
  const entries = keyNames.flatMap((name) => {
    const { init } = schema[name];
    return init === undefined ? [] : [[name, init] as const];
  });
  return { ...Object.fromEntries(entries), token_secret_key: newSecret() };
}

/** Every setting: what {@link minimalConfig} says, or its default, or empty text for one that has none. */
export function fullConfig(): Readonly<Record<string, unknown>> {
  const entries = keyNames
    .filter((name) => !hasMeaning(name))
    .map((name) => [name, schema[name].init ?? schema[name].default ?? ''] as const);
  return { ...Object.fromEntries(entries), token_secret_key: newSecret() };
}

/** To have the section is to switch the etcd inside on (daemon.md 7.1). */
function hasMeaning(name: string): boolean {
  return name === 'payment_channel_storage_server';
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
