// Writes the page about settings from their table, so that no setting is without a line.
import { aliases } from './src/config/aliases.ts';
import { envName, mayBeInFile } from './src/config/env-names.ts';
import type { Key } from './src/config/key.ts';
import { accessKeys } from './src/config/keys/access-keys.ts';
import { chainKeys } from './src/config/keys/chain-keys.ts';
import { limitKeys } from './src/config/keys/limit-keys.ts';
import { listenerKeys } from './src/config/keys/listener-keys.ts';
import { observeKeys } from './src/config/keys/observe-keys.ts';
import { retiredKeys } from './src/config/keys/retired-keys.ts';
import { serviceKeys } from './src/config/keys/service-keys.ts';
import { storageKeys } from './src/config/keys/storage-keys.ts';
import { keyNames, schema } from './src/config/schema.ts';
import type { ValueType } from './src/config/types/value-type.ts';

const sections: Readonly<Record<string, Readonly<Record<string, Key<unknown>>>>> = {
  'Chain and contracts': chainKeys,
  'The service behind the daemon': serviceKeys,
  'How often somebody may come': limitKeys,
  'The port that clients connect to': listenerKeys,
  'Payments and content': storageKeys,
  'Who may call, and other ways to pay': accessKeys,
  'Logs, metering and alerts': observeKeys,
};

const head = `# Settings of snetd

<!-- Generated from packages/daemon/src/config by packages/daemon/codegen.ts. Do not edit. -->

\`snetd init\` writes a file to start from, \`snetd init-full\` one with every setting. \`snetd config check\` says whether a configuration fits, \`snetd config show\` what counts, and
\`snetd config explain KEY\` all that is on this page about one setting, with its present value and where it comes from.

Defaults < file < environment < options of \`serve\`. The file is \`snetd.config.json\`, or what \`-c\` names: its ending says whether it is JSON, YAML (\`.yaml\`, \`.yml\`), TOML or lines of \`KEY=value\` (\`.env\`). Letter case of
keys does not matter; empty text and \`null\` mean "not given". Of a key that nobody knows, and of a value that does not fit, one line says the key, the value, what was expected and how to mend it; the exit code is 2.

Each setting has a variable: \`SNET_SERVICE_ID\`, and \`SNET_LOG_LEVEL\` for a field of an object. Lists and objects are JSON there, lists also words with commas between. **Secrets** are never printed; each of them, and the URLs that
providers put keys into, can stand in a file of its own that \`SNET_<KEY>_FILE\` names (a mounted secret, a credential of systemd). What a feature of the official daemon says that this one does not have yet is accepted, with a line in
the log ("has no effect yet"); where it would be unsafe to go on without it, the daemon does not start.

## Files of the official daemon

They start this daemon unchanged. What means something else here is said in the log:

| official | here |
| --- | --- |
| \`payment_channel_storage_type\`: \`etcd\` | etcd; endpoints that the file does not name come from the organization metadata |
| ... not given | etcd when \`payment_channel_storage_client\` names endpoints, otherwise SQLite (the official daemon: always etcd) |
| ... \`memory\` | SQLite on this machine: signed payments are not forgotten |
| \`payment_channel_storage_server\` (an etcd inside) | SQLite on this machine; [how to import what that etcd holds](moving-state.md#from-an-official-daemon). With members on other machines it is refused: run etcd beside the daemons |
| \`token_secret_key\` that is public or short | prepaid calls are switched off |
`;

/** The text of docs/configuration.md. */
export function describeSettings(): string {
  const parts = Object.entries(sections).flatMap(([title, keys]) => [
    `\n## ${title}\n`,
    ...keyNames.filter((name) => Object.hasOwn(keys, name)).map(describeKey),
  ]);
  const names = retiredKeys.map((name) => `\`${name}\``).join(', ');
  const tail = `\n## Names without effect\n\nThey stand in files of official daemons, old and new, and are let through: ${names}.\n`;
  return `${head}${parts.join('\n')}\n${tail}`.replace(/\n{3,}/g, '\n\n');
}

function describeKey(name: (typeof keyNames)[number]): string {
  const definition: Key<unknown> = schema[name];
  const { type, description, unit, rule, default: initial, flag, own } = definition;
  const old = [...aliases].flatMap(([alias, key]) => (key === name ? [`\`${alias}\``] : []));
  const fields = describeFields(type);
  const rows = [
    `- ${type.expected}${unit === undefined || type.expected.includes('duration') ? '' : ` (${unit})`}`,
    `- default: ${initial === undefined ? 'none' : `\`${JSON.stringify(initial)}\``}`,
    `- \`${envName([name])}\`${mayBeInFile(definition) ? ` or \`${envName([name])}_FILE\`` : ''}${flag === undefined ? '' : `, option \`--${flag.name}\``}`,
    ...(definition.secret === true ? ['- secret: never shown'] : []),
    ...(rule === undefined ? [] : [`- ${rule}`]),
    ...(old.length === 0
      ? []
      : [`- old ${old.length === 1 ? 'name' : 'names'}: ${old.join(', ')}`]),
    ...(own === true ? ['- not a key of the official daemon'] : []),
    ...(definition.later === 'warn' ? ['- has no effect yet'] : []),
    ...(fields.length === 0 ? [] : ['- fields:', ...fields]),
  ];
  return `\n### ${name}\n\n${description}\n\n${rows.map(escapeHtml).join('\n')}`;
}

function describeFields(type: ValueType<unknown>, indent = '  '): string[] {
  const fields = type.fields ?? type.items?.fields ?? {};
  return Object.entries(fields).flatMap(([name, field]) => {
    const below = describeFields(field, `${indent}  `);
    const text = below.length === 0 ? `: ${field.expected}` : '';
    return [`${indent}- \`${name}\`${text}`, ...below];
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll('<', '&lt;');
}
