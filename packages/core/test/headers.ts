import type { GetHeader, HeaderEntry } from '../src/headers/header-entry.ts';

type Values = Readonly<Record<string, readonly (string | Uint8Array)[]>>;

/** Metadata as a server sees it, from what a client sends or from a list of values for each key. */
export function getFrom(headers: Values | readonly HeaderEntry[]): GetHeader {
  if (Array.isArray(headers)) {
    const entries = headers as readonly HeaderEntry[];
    return (name) => entries.filter(([key]) => key === name).map(([, value]) => value);
  }
  return (name) => (Object.hasOwn(headers, name) ? ((headers as Values)[name] ?? []) : []);
}

/** An example of the vectors without the remarks behind its keys. */
export function wireHeaders(example: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(example).map(([key, value]) => [key.replace(/ .*$/, ''), [value]]),
  );
}
