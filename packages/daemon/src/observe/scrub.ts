import { type Config, keyNames, schema } from '../config/schema.ts';

/** Blots the secrets of a configuration out of text: log lines, error messages. */
export function createScrubber(config: Config): (text: string) => string {
  // Shorter ones would blot out half of every line, and are no secrets.
  const secrets = [...secretsOf(config)].filter((secret) => secret.length >= 8);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

function* secretsOf(config: Config): Iterable<string> {
  for (const name of keyNames) {
    const { secret, privateUrl } = schema[name];
    if (privateUrl) for (const text of textsIn(config[name])) yield* secretsOfUrl(text);
    if (secret === undefined) continue;
    for (const text of textsIn(config[name])) {
      yield text;
      // A private key is known with and without 0x.
      if (text.startsWith('0x')) yield text.slice(2);
      yield* secretsOfUrl(text);
    }
  }
}

/** Providers put their keys into the path, the query or the user part. */
function* secretsOfUrl(text: string): Iterable<string> {
  const url = /^[a-z]+:\/\//.test(text) ? URL.parse(text) : null;
  if (url === null) return;
  yield url.pathname.slice(1);
  yield url.search.slice(1);
  for (const part of [url.username, url.password]) {
    yield part;
    // As it is told to a server.
    yield decode(part);
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function* textsIn(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) {
      // Names of credentials are no secrets, and neither is where they go.
      if (name !== 'key' && name !== 'location') yield* textsIn(entry);
    }
  }
}
