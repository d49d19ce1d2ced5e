import { redact } from '@snetkit/core';
import { type Config, schema } from '../../config/schema.ts';
import { createScrubber } from '../../observe/scrub.ts';
import { shownKeys } from './shown-keys.ts';

/**
 * The settings that operators are shown, as text (daemon.md 1.5). Of URLs only scheme and host, because
 * providers put keys into the rest; no secret of the configuration, wherever it may stand.
 */
export function describeConfiguration(config: Config): Record<string, string> {
  const scrub = createScrubber(config);
  const shown = shownKeys.flatMap((key) => {
    const value = config[key];
    if (value === undefined) return [];
    const text = format(value);
    const isPublic = text === schema[key].default;
    return [[key, isPublic ? text : scrub(redact(text))]];
  });
  return Object.fromEntries(shown);
}

function format(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('host' in value && 'port' in value && Object.keys(value).length === 2) {
    const { host, port } = value as { host: string; port: number };
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  }
  return JSON.stringify(value, (name, part) => {
    // What members of an etcd cluster know each other by.
    if (name === 'token') return undefined;
    return name.endsWith('_timeout') && typeof part === 'number' ? `${part}ms` : part;
  });
}
