import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { aliases } from '../../../src/config/aliases.ts';
import { envName } from '../../../src/config/env-names.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { keyNames, schema } from '../../../src/config/schema.ts';
import { acceptedLater, demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

const directory = mkdtempSync(join(tmpdir(), 'snetd-fuzz-'));
const formats = ['json', 'yaml', 'toml', 'yml', 'conf'];

/** Must be told nobody, whatever else is wrong. */
const secret = 'hush-hush-0123456789abcdefghijklmno';
const secretNames = keyNames.filter((key) => schema[key].secret === true);
const secretBefore = new RegExp(
  `(?:${[...secretNames, ...secretNames.map((key) => envName([key]))].join('|')})["']?\\s*[:=]\\s*["']?$`,
  'i',
);

const good = {
  blockchain_enabled: false,
  daemon_endpoint: '127.0.0.1:8080',
  service_endpoint: 'http://127.0.0.1:7003',
  organization_id: 'org',
  service_id: 'service',
};
const value = fc.oneof(
  fc.constantFrom(true, false, null, 0, 1, -1, 4096, 1e21, 0.5, '', '10s', '1h', '127.0.0.1:1'),
  fc.constantFrom('http://127.0.0.1:9', 'https://x', 'main', 'sqlite', 'etcd', 'memory', 'json'),
  fc.constantFrom(secret, '0x', 'YOUR_ORG_ID', '/dev/null', 'a,b', '[]', '{}'),
  fc.array(fc.constantFrom('a', 1, null, 'http://x'), { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom('level', 'type', 'key', 'value', 'endpoint', '__proto__'),
    fc.constantFrom('debug', 1, secret),
  ),
  fc.string({ maxLength: 10 }),
);
const names = fc.constantFrom(...keyNames, ...aliases.keys(), 'unknown_key', '__proto__');
const settings = fc
  .dictionary(names, value, { maxKeys: 6 })
  .map((some) => ({ ...good, ...some, ...hide(some) }));

function hide(some: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    secretNames.filter((key) => Object.hasOwn(some, key)).map((key) => [key, secret]),
  );
}

const file = fc.oneof(
  settings.map((one) => `json\n${JSON.stringify(one)}`),
  settings.map((one) => `yaml\n${JSON.stringify(one)}`),
  settings.map((one) => `yaml\n${lines(one, ': ')}`),
  settings.map((one) => `toml\n${lines(one, ' = ')}`),
);
const environment = fc
  .array(fc.tuple(fc.constantFrom(...keyNames), value), { maxLength: 3 })
  .map((list) =>
    list
      .map(([key, one]) => `${envName([key])}=${schema[key].secret === true ? secret : text(one)}`)
      .join('\n'),
  );
const flags = fc
  .array(fc.tuple(fc.constantFrom('ssl-cert', 'ssl-key', 'port', 'daemon-endpoint', 'x'), value), {
    maxLength: 2,
  })
  .map((list) => list.map(([name, one]) => `${name}=${text(one)}`).join('\n'));

/**
 * A configuration: a format on the first line, the text of a file, and behind zero bytes the
 * environment and the options of the command line.
 */
export const configTarget: FuzzTarget = {
  maxBytes: 8192,
  words: [
    ...keyNames,
    '": "',
    '\0',
    'SNET_',
    '\n',
    '{',
    '}',
    '[',
    ']',
    '__proto__',
    'null',
    '&a',
    '*a',
  ],
  covers:
    /packages\/daemon\/src\/config|packages\/core\/src\/json|node_modules\/(?:.*\/)?(?:yaml|smol-toml)\//,
  inputs: fc.tuple(file, environment, flags).map((parts) => Buffer.from(parts.join('\0'))),
  async run(input) {
    const [content = '', env = '', options = ''] = Buffer.from(input).toString('utf8').split('\0');
    const end = content.indexOf('\n');
    const format = formats.find((one) => one === content.slice(0, end)) ?? 'json';
    const path = join(directory, `snetd.config.${format}`);
    writeFileSync(path, content.slice(end + 1));
    const whole = Buffer.from(input).toString('utf8');
    const loaded = await acceptedLater(
      () => loadConfig({ file: path, env: pairs(env), flags: pairs(options) }),
      isSecretHidden(whole) ? [secret] : [],
    );
    if (loaded === undefined) return;
    const missing = keyNames.find((key) => !Object.hasOwn(loaded.config, key));
    demand(missing === undefined, `no value for ${missing}`);
    const warnings = loaded.warnings.join('\n');
    demand(!isSecretHidden(whole) || !warnings.includes(secret), 'a warning tells a secret');
  },
  async close() {
    rmSync(directory, { recursive: true, force: true });
  },
};

/** Whether the secret stands only where secrets belong. */
function isSecretHidden(whole: string): boolean {
  const parts = whole.split(secret);
  return parts.length > 1 && parts.slice(0, -1).every((before) => secretBefore.test(before));
}

function pairs(block: string): Record<string, string> {
  const entries = block.split('\n').map((line): [string, string] => {
    const at = line.indexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}

function text(one: unknown): string {
  return typeof one === 'string' ? one : JSON.stringify(one);
}

function lines(one: Record<string, unknown>, between: string): string {
  return Object.entries(one)
    .map(([key, item]) => `${key}${between}${JSON.stringify(item)}`)
    .join('\n');
}
