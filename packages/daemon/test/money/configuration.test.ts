import { privateKeySigner } from '@snetkit/contracts';
import { deriveTestAccount } from '@snetkit/devnet';
import { StatusResponse_Status as Status } from '@snetkit/protos/configuration';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mine } from '../harness/mine.ts';
import { createOperator, type Operator } from '../harness/operator.ts';
import { runSnetd } from '../shell/run-snetd.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { callDetect, startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

const account = deriveTestAccount(8);
const stranger = deriveTestAccount(9);
/** A daemon looks at its group once a second. */
const soon = { timeout: 10_000 };
const refused = {
  status: 14,
  message: 'No requests are currently being processed, please try again later',
};

let network: TestNetwork;
let config: Readonly<Record<string, unknown>>;
let one: StartedSnetd;
let two: StartedSnetd;
let operator: Operator;

function connect(endpoint: string, privateKey: string = account.privateKey): Operator {
  const signer = privateKeySigner(privateKey as `0x${string}`);
  return createOperator({ endpoint, rpcUrl: network.devnet.rpcUrl, signer });
}

beforeAll(async () => {
  network = await startTestNetwork({ storageEndpoints: ['http://127.0.0.1:2379'] });
  config = {
    authentication_addresses: [account.address],
    payment_channel_storage_path: `${network.directory}/shared`,
    block_poll_interval: '50ms',
    alerts_email: 'ops@example.org',
    heartbeat_endpoint: 'http://user:password@127.0.0.1:1/path/key?token=x',
    token_secret_key: 'a-secret-that-nobody-may-ever-see-12345',
  };
  [one, two] = await Promise.all([network.start(config), network.start(config)]);
  operator = connect(one.endpoint);
});

afterAll(() => network?.stop());

/** A block of its own for each request: a signature is good once. */
async function nextBlock(): Promise<void> {
  await mine(network.devnet.rpcUrl, 1);
}

test('default: a stop holds on every replica, over restarts, until somebody starts the group', async () => {
  const other = connect(two.endpoint);
  expect(await callDetect(two.endpoint)).not.toMatchObject(refused);
  expect(await operator.stop()).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  expect(await callDetect(one.endpoint)).toMatchObject(refused);
  expect(await operator.isProcessing()).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  await vi.waitFor(async () => expect(await callDetect(two.endpoint)).toMatchObject(refused), soon);
  expect(await other.isProcessing()).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  expect(await two.waitForEvent('stop-switch')).toMatchObject({
    isStopped: true,
    operator: account.address.toLowerCase(),
    msg: 'THE GROUP IS STOPPED: every call is refused until an operator starts it again',
  });
  const heartbeat = await (await fetch(`${two.endpoint}/heartbeat`)).json();
  expect(heartbeat).toMatchObject({
    status: 'Online',
    notServing: [expect.stringMatching(/^the group was stopped by 0x[0-9a-f]{40} at 20/)],
  });

  const third = await network.start(config);
  expect(await callDetect(third.endpoint)).toMatchObject(refused);
  expect(await third.waitForEvent('stop-switch')).toMatchObject({ isStopped: true });

  expect(await connect(third.endpoint).start()).toBe(Status.REQUEST_IN_PROGRESS);
  for (const { endpoint } of [one, two, third]) {
    await vi.waitFor(
      async () => expect(await callDetect(endpoint)).not.toMatchObject(refused),
      soon,
    );
  }
  expect(await other.isProcessing()).toBe(Status.REQUEST_IN_PROGRESS);
  await third.stop();
});

test('error: a request that was used is good nowhere in the group, whoever has seen it', async () => {
  await nextBlock();
  const block = await operator.getBlock();
  const signature = await operator.sign('StopProcessingRequests', block);
  expect(await operator.stop({ block, signature })).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  // Sent again by a client that saw no answer: it changes nothing.
  expect(await operator.stop({ block, signature })).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  expect(await operator.start({ block })).toBe(Status.REQUEST_IN_PROGRESS);
  const used = {
    code: 2,
    text: 'authentication failed as the signature passed was used already, sign with a newer block',
  };
  expect(await operator.stop({ block, signature })).toEqual(used);
  expect(await connect(two.endpoint).stop({ block, signature })).toEqual(used);
  // The same signature in another dress.
  const dressed = Uint8Array.from(signature);
  dressed[64] = ((dressed[64] ?? 0) + 27) % 54;
  expect(await operator.stop({ block, signature: dressed })).toEqual(used);
  expect(await operator.isProcessing()).toBe(Status.REQUEST_IN_PROGRESS);
  expect(await operator.stop({ block: block + 1n })).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  await nextBlock();
  expect(await operator.start()).toBe(Status.REQUEST_IN_PROGRESS);
});

test('error: whoever is not an operator', async () => {
  const other = connect(one.endpoint, stranger.privateKey);
  const refusal = { code: 2, text: `unauthorized access, ${stranger.address} is not authorized` };
  expect(await other.getConfiguration()).toEqual(refusal);
  expect(await other.update({ 'log.level': 'debug' })).toEqual(refusal);
  expect(await other.stop()).toEqual(refusal);
  expect(await other.start()).toEqual(refusal);
  expect(await other.isProcessing()).toEqual(refusal);
});

test('error: a signature of other blocks, of another method, of another shape', async () => {
  const block = await operator.getBlock();
  const old = { code: 2, text: 'authentication failed as the signature passed has expired' };
  expect(await operator.stop({ block: block + 7n })).toEqual(old);
  await mine(network.devnet.rpcUrl, 7);
  await vi.waitFor(async () => expect(await operator.stop({ block })).toEqual(old), soon);
  const current = await operator.getBlock();
  const signature = await operator.sign('StartProcessingRequests', current);
  expect(await operator.stop({ block: current, signature })).toMatchObject({
    code: 2,
    text: expect.stringMatching(/^unauthorized access, 0x[0-9a-fA-F]{40} is not authorized$/),
  });
  expect(await operator.stop({ signature: signature.slice(1) })).toEqual({
    code: 2,
    text: 'incorrect signature length',
  });
  expect(await operator.stop({ signature: new Uint8Array(65).fill(5) })).toEqual({
    code: 2,
    text: 'incorrect signature data',
  });
  expect(await operator.isProcessing()).toBe(Status.REQUEST_IN_PROGRESS);
});

test('behavior: the configuration is told without its secrets, with what can be said of it', async () => {
  const reply = await operator.getConfiguration();
  if ('code' in reply) throw new Error(reply.text);
  const { currentConfiguration: current, schema } = reply;
  expect(current).toMatchObject({
    organization_id: network.devnet.organizationId,
    blockchain_enabled: 'true',
    daemon_endpoint: '127.0.0.1:0',
    authentication_addresses: JSON.stringify([account.address]),
    alerts_email: 'ops@example.org',
    heartbeat_endpoint: 'http://127.0.0.1:1/[hidden]',
    lighthouse_endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[0-9]+\/\[hidden\]$/),
    payment_channel_storage_type: 'sqlite',
    max_message_size_in_mb: '4',
  });
  const all = JSON.stringify(current);
  expect(all).not.toMatch(/secret|password|token_secret_key|private_key|json_rpc/);
  const official = schema?.details.filter(({ name }) =>
    /^(registry_address_key|ethereum_json_rpc_http_endpoint|blockchain_network_selected|service_endpoint)$/.test(
      name,
    ),
  );
  expect(official).toMatchObject([
    { name: 'blockchain_network_selected', type: 0, defaultValue: 'sepolia', editable: false },
    { name: 'ethereum_json_rpc_http_endpoint', type: 3, mandatory: true, restartDaemon: 0 },
    { name: 'registry_address_key', type: 5, section: 'blockchain' },
    {
      name: 'service_endpoint',
      type: 3,
      defaultValue: 'http://localhost:5000',
      section: 'service',
    },
  ]);
  expect(schema?.details.filter(({ editable }) => editable)).toMatchObject([
    { name: 'log.level', restartDaemon: 1 },
  ]);
});

test('behavior: what can change while the daemon runs does, all of it or nothing', async () => {
  await nextBlock();
  const block = await operator.getBlock();
  const reply = await operator.update({ 'log.level': 'debug' }, { block });
  expect(reply).toMatchObject({ currentConfiguration: { log: '{"level":"debug"}' } });
  await callDetect(one.endpoint);
  expect(await one.waitForEvent('call')).toMatchObject({ level: 'debug' });
  expect(await operator.update({ 'log.level': 'info' }, { block })).toEqual({
    code: 2,
    text: 'authentication failed as the signature passed was used already, sign with a newer block',
  });
  await nextBlock();
  expect(await operator.update({ 'log.level': 'info', service_endpoint: 'http://x' })).toEqual({
    code: 2,
    text: '"service_endpoint" cannot be changed while the daemon runs; change the configuration and start the daemon again; nothing was changed',
  });
  expect(await operator.update({ 'log.level': 'loud' })).toEqual({
    code: 2,
    text: 'log.level must be one of "debug", "info", "warn", "warning", "error", "fatal", "panic"; nothing was changed',
  });
  expect(await operator.update({ nonsense: 'x' })).toEqual({
    code: 2,
    text: '"nonsense" is not a setting of this daemon; nothing was changed',
  });
  expect(await operator.getConfiguration()).toMatchObject({
    currentConfiguration: { log: '{"level":"debug"}' },
  });
  expect(await operator.update({ 'log.level': 'info' })).toMatchObject({
    currentConfiguration: { log: '{"level":"info"}' },
  });
});

test('error: without a chain nobody can tell how old a signature is, so it changes nothing', async () => {
  const alone = await network.start({ ...config, blockchain_enabled: false });
  const other = connect(alone.endpoint);
  const refusal = {
    code: 2,
    text: 'blockchain is disabled: nobody can tell how old a signature is, so it changes nothing; stop or configure the process itself',
  };
  expect(await other.stop()).toEqual(refusal);
  expect(await other.start()).toEqual(refusal);
  expect(await other.update({ 'log.level': 'debug' })).toEqual(refusal);
  expect(await other.isProcessing({ block: 1n })).toBe(Status.REQUEST_IN_PROGRESS);
  expect(await other.getConfiguration()).toMatchObject({
    currentConfiguration: { blockchain_enabled: 'false' },
  });
  expect(await connect(alone.endpoint, stranger.privateKey).stop()).toEqual({
    code: 2,
    text: `unauthorized access, ${stranger.address} is not authorized`,
  });
  await alone.stop();
});

test('behavior: replicas are registered while they live, and told of another store than the metadata names', async () => {
  const list = async () => {
    const file = `${network.directory}/list.json`;
    const { stdout } = await runSnetd(['list', 'replicas', '-c', file], { cwd: network.directory });
    return stdout.split('\n').filter(Boolean);
  };
  await network.writeConfig('list.json', config);
  const line = ({ endpoint, child }: StartedSnetd) =>
    expect.stringMatching(
      new RegExp(
        `^[0-9a-f]{32}: \\{ServiceID: ${network.devnet.serviceId}, Endpoint: ${endpoint}, Host: .+, ProcessID: ${child.pid}, Version: .+, Started: 20.+Z\\}$`,
      ),
    );
  expect(await list()).toEqual(expect.arrayContaining([line(one), line(two)]));
  const third = await network.start(config);
  expect(await list()).toHaveLength(3);
  third.child.kill('SIGKILL');
  await third.exited;
  expect(await list()).toHaveLength(2);
  const fourth = await network.start(config);
  expect(await list()).toEqual(expect.arrayContaining([line(one), line(two), line(fourth)]));
  await fourth.stop();
  expect(await list()).toHaveLength(2);
  expect(await one.waitForEvent('other-store')).toMatchObject({
    msg: expect.stringMatching(/^the organization metadata names an etcd \(127\.0\.0\.1:2379\) /),
  });
});
