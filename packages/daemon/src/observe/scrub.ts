import { type Config, keyNames, schema } from '../config/schema.ts';

/** Blots the secrets of a configuration out of text: log lines, error messages. */
export function createScrubber(config: Config): (text: string) => string {
  // Shorter ones would blot out half of every line, and are no secrets.
  const secrets = [...secretsOf(config)].filter((secret) => secret.length >= 8);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

function* secretsOf(config: Config): Iterable<string> {
  for (const name of keyNames) {
    if (schema[name].secret === undefined) continue;
    for (const text of textsIn(config[name])) {
      yield text;
      // A private key is known with and without 0x.
      if (text.startsWith('0x')) yield text.slice(2);
    }
  }
  const rpc = URL.parse(config.ethereum_json_rpc_http_endpoint ?? '');
  if (rpc === null) return;
  // Providers put their keys into the path, the query or the user part.
  yield rpc.pathname.slice(1);
  yield rpc.search.slice(1);
  yield rpc.username;
  yield rpc.password;
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
