import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/commands/run.ts';
import { readConfigFile } from '../../src/config/read-file.ts';
import { keyNames, schema } from '../../src/config/schema.ts';
import { fitting, secrets } from './wrong-values.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-config-commands-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function snetd(args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await run(args, {
    env,
    print: (line) => void out.push(line),
    warn: (line) => void errors.push(line),
  });
  const clean = (lines: readonly string[]) => lines.join('\n').replaceAll(directory, 'DIR');
  return { code, out: clean(out), errors: clean(errors) };
}

async function write(change: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const file = join(directory, 'snetd.config.json');
  await writeFile(file, JSON.stringify({ ...fitting, ...change }));
  return file;
}

const filledIn = {
  SNET_ORGANIZATION_ID: 'org',
  SNET_SERVICE_ID: 'service',
  SNET_SERVICE_ENDPOINT: 'http://localhost:5000',
  SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:1',
};

test.each(['full.json', 'full.yaml', 'full.toml'])(
  'default: init-full writes every setting into %s, and it fits',
  async (name) => {
    const file = join(directory, name);
    expect(await snetd(['init-full', '-c', file])).toEqual({
      code: 0,
      out: `Writing full default configuration to the file: DIR/${name}`,
      errors: '',
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const content = await readConfigFile(file);
    // To have the section is to switch the etcd inside on.
    const without = keyNames.filter((key) => key !== 'payment_channel_storage_server');
    expect(Object.keys(content ?? {}).sort()).toEqual([...without].sort());
    const { code, out, errors } = await snetd(['config', 'check', '-c', file], filledIn);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out.split('\n').at(-1)).toBe('The configuration fits.');
    expect((await snetd(['init-full', '-c', file])).code).toBe(255);
  },
);

test.each(['basic.yaml', 'basic.toml'])('behavior: init writes %s', async (name) => {
  const file = join(directory, name);
  await snetd(['init', '-c', file]);
  const written = keyNames.filter((key) => schema[key].init !== undefined);
  const content = await readConfigFile(file);
  expect(Object.keys(content ?? {}).sort()).toEqual([...written, 'token_secret_key'].sort());
  expect(await readFile(file, 'utf8')).toMatch(/^token_secret_key( =|:) /m);
  expect((await snetd(['config', 'check', '-c', file], filledIn)).code).toBe(0);
});

test('default: config explain tells all that is known of a setting', async () => {
  const file = await write({ service_timeout: '20s' });
  const { code, out } = await snetd(['config', 'explain', 'service_timeout', '-c', file], {
    SNET_SERVICE_TIMEOUT: '30s',
  });
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "service_timeout
      How long a call may take when its client sets no deadline; 0 for no limit.
      type:      a duration such as "100s", "1m30s" or "250ms"
      default:   "100s"
      variable:  SNET_SERVICE_TIMEOUT
      value:     "30s"
      from:      DIR/snetd.config.json: service_timeout, then environment variable SNET_SERVICE_TIMEOUT"
  `);
});

test('behavior: config explain of a secret, by its old name: only whether it is set', async () => {
  const file = await write({ pvt_key_for_free_calls: 'very-secret-key' });
  const { out } = await snetd(['config', 'explain', 'PVT_KEY_FOR_FREE_CALLS', '-c', file]);
  expect(out).toContain('\n  value:     set\n');
  expect(out).toContain('\n  from:      DIR/snetd.config.json: pvt_key_for_free_calls\n');
  expect(out).toContain('SNET_PRIVATE_KEY_FOR_FREE_CALLS_FILE');
  expect(out).toContain('\n  wrong:     expected a private key: 64 hexadecimal digits without 0x');
  expect(out).not.toContain('very-secret-key');
});

test('behavior: config explain says of what comes later that it has no effect', async () => {
  const later = keyNames.find((key) => schema[key].later === 'warn') ?? '';
  const { out } = await snetd(['config', 'explain', later, '-c', await write()]);
  expect(out).toContain('\n  effect:    none yet\n');
});

test('behavior: config explain without a value, as an object', async () => {
  const file = await write();
  const { out } = await snetd(['config', 'explain', 'ssl_cert', '--json', '-c', file]);
  expect(JSON.parse(out)).toEqual({
    key: 'ssl_cert',
    description: schema.ssl_cert.description,
    type: 'a path',
    rule: 'Together with ssl_key or not at all.',
    env: ['SNET_SSL_CERT'],
    aliases: [],
    option: '--ssl-cert',
    isSecret: false,
    hasEffect: true,
    isOfficial: true,
    sources: [],
  });
});

test('default: config show prints what counts, and no secret', async () => {
  const file = await write({
    payment_channel_storage_client: { endpoints: ['https://u:very-secret-password@etcd:2379'] },
    private_key_for_free_calls: '11'.repeat(32),
    service_credentials: [{ key: 'k', value: 'very-secret-credential', location: 'header' }],
  });
  const { code, out } = await snetd(['config', 'show', '-c', file], { SNET_IPFS_TIMEOUT: '7' });
  expect(code).toBe(0);
  const lines = out.split('\n');
  expect(lines).toContain('service_id = "service"  # DIR/snetd.config.json: service_id');
  expect(lines).toContain('ipfs_timeout = "7"  # environment variable SNET_IPFS_TIMEOUT');
  expect(lines).toContain('service_timeout = "100s"  # default');
  expect(lines).toContain(
    'ethereum_json_rpc_http_endpoint = "https://node.example/..."  # DIR/snetd.config.json: ethereum_json_rpc_http_endpoint',
  );
  expect(lines).toContain(
    'payment_channel_storage_client = {"endpoints":["https://etcd:2379"]}  # DIR/snetd.config.json: payment_channel_storage_client',
  );
  expect(out).toMatch(/^private_key_for_free_calls = set {2}#/m);
  for (const secret of [...secrets, '1111']) expect(out).not.toContain(secret);
});

test('default: config check says as an object what the log would say', async () => {
  const file = await write({ payment_channel_storage_type: 'memory' });
  const { out } = await snetd(['config', 'check', '--json', '-c', file]);
  expect(JSON.parse(out)).toEqual({
    ok: true,
    warnings: [
      'DIR/snetd.config.json: payment_channel_storage_type: memory would forget signed payments, so they are kept in SQLite, in snetd-storage',
    ],
  });
});

test.each([
  [['config', 'explain'], 'Name the setting to explain.'],
  [
    ['config', 'explain', 'serice_id'],
    "There is no setting 'serice_id', did you mean 'service_id'?",
  ],
  [['config', 'explain', 'nothing_like_it'], "There is no setting 'nothing_like_it'."],
  [['config', 'explan', 'service_id'], "Unknown command 'config', did you mean 'config explain'?"],
  [['doctor', '--timeout', 'long'], '--timeout takes a number of seconds.'],
])('args: %j', async (args, message) => {
  expect(await snetd(args)).toEqual({
    code: 2,
    out: '',
    errors: `snetd: ${message} Run 'snetd --help' to see what there is.`,
  });
});
