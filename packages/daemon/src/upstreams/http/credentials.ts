import type { JsonValue } from '@snetkit/core';
import type { Config } from '../../config/schema.ts';
import { isJsonObject } from '../json-fields.ts';

/** What a service wants to see with each request, ready to be added (`service_credentials`). */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value`, encoded. */
  readonly query: readonly string[];
  readonly body: Readonly<Record<string, JsonValue>>;
}

/** Sorts credentials by the place where they go. */
export function readCredentials(configured: Config['service_credentials']): Credentials {
  const of = (location: string) =>
    configured.flatMap((one) =>
      one.location === location ? [[one.key ?? '', one.value] as const] : [],
    );
  return {
    headers: Object.fromEntries(
      of('header').map(([key, value]) => [key.toLowerCase(), String(value)]),
    ),
    query: of('query').map(
      ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`,
    ),
    body: Object.fromEntries(of('body')) as Record<string, JsonValue>,
  };
}

/** The body with what belongs in it; undefined when it has no place for that. */
export function addToBody(body: JsonValue, { body: added }: Credentials): JsonValue | undefined {
  if (Object.keys(added).length === 0) return body;
  return isJsonObject(body) ? { ...body, ...added } : undefined;
}
