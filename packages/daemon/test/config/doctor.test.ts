import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/commands/run.ts';
import type { NamedFinding } from '../../src/doctor/finding.ts';
import { runSnetd } from '../shell/run-snetd.ts';
import {
  type ConfigChange,
  startTestNetwork,
  type TestNetwork,
} from '../shell/start-test-network.ts';

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork();
});

afterAll(() => network?.stop());

/** What the doctor says of a configuration. */
async function ask(change: ConfigChange, ...args: string[]) {
  const file = await network.writeConfig('doctor.json', change);
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const code = await run(['doctor', '--json', '-c', file, ...args], {
    env: {},
    print,
    warn: print,
  });
  const { ok, checks } = JSON.parse(lines.join('')) as { ok: boolean; checks: NamedFinding[] };
  const find = (name: string) => checks.filter((one) => one.name === name);
  return { code, ok, find, text: lines.join('\n'), checks };
}

test('default: all is well, a line for each, through the program', async () => {
  const file = await network.writeConfig('well.json', {
    token_secret_key: 'a secret of thirty-two bytes or a few more',
  });
  const { code, stdout, stderr } = await runSnetd(['doctor', '-c', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  const names = [...new Set(lines.map((line) => line.slice(6).split(' ')[0]))];
  expect(names).toEqual([
    ...['config', 'node', 'chain', 'clock', 'registry', 'content', 'metadata', 'store', 'keys'],
    ...['tls', 'backend', 'crypto', 'ports'],
  ]);
  // The local network publishes an etcd that official tools want to see.
  const warnings = lines.filter((line) => !line.startsWith('ok  '));
  for (const line of warnings) expect(line).toMatch(/^warn {2}(metadata|clock) .*\. Fix: /);
  expect(stdout).toMatch(/^ok {4}chain {5}chain id 31337, network devnet$/m);
  expect(stdout).toMatch(/^ok {4}content {3}every byte matches its CID: two documents, /m);
  expect(stdout).toMatch(/^ok {4}crypto {4}signatures: secp256k1-native, hashes: hash-wasm$/m);
});

test('error: no node: what depends on it is skipped, the rest is told, and no key is shown', async () => {
  const { code, ok, find, text } = await ask({
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1/v3/very-secret-key',
  });
  expect({ code, ok }).toEqual({ code: 1, ok: false });
  expect(find('node')).toEqual([
    {
      name: 'node',
      status: 'fail',
      text: 'The chain cannot be reached: 127.0.0.1:1',
      fix: 'Check the URL and the connection.',
    },
  ]);
  expect(find('chain')).toEqual([
    { name: 'chain', status: 'skip', text: 'not before node is mended' },
  ]);
  expect(find('registry')).toMatchObject([{ status: 'skip' }]);
  expect(find('metadata')).toEqual([
    { name: 'metadata', status: 'skip', text: 'not before registry is mended' },
  ]);
  expect(find('backend')).toMatchObject([{ status: 'ok' }]);
  expect(text).not.toContain('very-secret-key');
});

test('error: a node that accepts and never answers costs a deadline, no more', async () => {
  const node = createServer().listen(0, '127.0.0.1');
  await once(node, 'listening');
  const { port } = node.address() as AddressInfo;
  try {
    const { code, find } = await ask(
      { ethereum_json_rpc_http_endpoint: `http://127.0.0.1:${port}`, chain_request_timeout: '1h' },
      ...['--timeout', '0.5'],
    );
    expect(code).toBe(1);
    expect(find('node')).toMatchObject([
      { status: 'fail', text: 'The check of node took longer than 500 ms' },
    ]);
    expect(find('crypto')).toMatchObject([{ status: 'ok' }]);
  } finally {
    node.close();
  }
});

test.each<[string, string, ConfigChange, string]>([
  [
    'another chain',
    'chain',
    { chain_id: 5 },
    'the node is on chain 31337, network devnet is chain 5',
  ],
  [
    'a service that is not registered',
    'registry',
    { service_id: 'nothing' },
    'The service is not registered: nothing, service_id',
  ],
  [
    'a group that nobody has',
    'metadata',
    { daemon_group_name: 'other' },
    'The service has no group "other": ',
  ],
  [
    'no content store',
    'content',
    { ipfs_endpoint: 'http://127.0.0.1:1' },
    ' is not to be had from http://127.0.0.1:1: ',
  ],
  [
    'no etcd',
    'store',
    {
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: {
        endpoints: ['http://127.0.0.1:1'],
        connection_timeout: '300ms',
        request_timeout: '300ms',
      },
    },
    '',
  ],
  [
    'a store that cannot be made',
    'store',
    { payment_channel_storage_path: '/dev/null/store' },
    'The directory of the store cannot be written: /dev/null',
  ],
  ['no service', 'backend', { service_endpoint: 'http://127.0.0.1:1' }, 'http://127.0.0.1:1: '],
  [
    'no certificate',
    'tls',
    { ssl_cert: 'missing.pem', ssl_key: 'missing.pem' },
    'The file of ssl_cert cannot be read: ',
  ],
])('error: %s', async (_name, check, change, text) => {
  const { code, find } = await ask(change);
  expect(code).toBe(1);
  const [finding] = find(check).filter(({ status }) => status === 'fail');
  expect(finding?.text).toContain(text);
  expect(finding?.fix?.length).toBeGreaterThan(5);
});

test('behavior: a port that another program has fails, one of a daemon that runs does not', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const taken = await ask({ daemon_endpoint: `127.0.0.1:${port}` });
  expect(taken.find('ports')).toEqual([
    {
      name: 'ports',
      status: 'fail',
      text: `daemon_endpoint 127.0.0.1:${port} is taken by another program`,
      fix: 'End that program, or choose another port.',
    },
  ]);
  other.close();
  const path = join(network.directory, 'shared-storage');
  const daemon = await network.start({ payment_channel_storage_path: path });
  const { host } = new URL(daemon.endpoint);
  const beside = await ask({ daemon_endpoint: host, payment_channel_storage_path: path });
  expect(beside.find('ports')).toMatchObject([
    { status: 'ok', text: `daemon_endpoint ${host}: a daemon listens there already` },
  ]);
  expect(beside.find('store')).toMatchObject([{ status: 'ok' }]);
  await daemon.stop();
});

test('error: a configuration that does not fit is one line and exit code 2', async () => {
  const file = await network.writeConfig('wrong.json', { service_timeout: 'soon' });
  const { code, stdout, stderr } = await runSnetd(['doctor', '-c', file]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trimEnd()).toMatch(/^snetd: The setting service_timeout does not fit: .+$/);
});
