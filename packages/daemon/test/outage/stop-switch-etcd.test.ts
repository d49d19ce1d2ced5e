import { privateKeySigner } from '@snetkit/contracts';
import { deriveTestAccount } from '@snetkit/devnet';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { StatusResponse_Status as Status } from '@snetkit/protos/configuration';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mine } from '../harness/mine.ts';
import { createOperator, type Operator } from '../harness/operator.ts';
import { readCounters } from '../harness/read-counters.ts';
import { runSnetd } from '../shell/run-snetd.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { callDetect, startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

const account = deriveTestAccount(8);
const soon = { timeout: 30_000, interval: 50 };
const stopped = { status: 14 };
/** What an unpaid call is told while the group takes calls. */
const taken = { status: 3 };

let etcd: Etcd;
let network: TestNetwork;
let config: Readonly<Record<string, unknown>>;
let one: StartedSnetd;
let two: StartedSnetd;
let operator: Operator;

beforeAll(async () => {
  etcd = await startEtcd();
  // Another port than that of the etcd above.
  network = await startTestNetwork({ storageEndpoints: ['http://127.0.0.1:1'] });
  config = {
    authentication_addresses: [account.address],
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: { endpoints: [...etcd.endpoints], request_timeout: '1s' },
    block_poll_interval: '50ms',
    metrics_endpoint: '127.0.0.1:0',
  };
  [one, two] = await Promise.all([network.start(config), network.start(config)]);
  const signer = privateKeySigner(account.privateKey);
  operator = createOperator({ endpoint: one.endpoint, rpcUrl: network.devnet.rpcUrl, signer });
});

afterAll(async () => {
  await network?.stop();
  await etcd?.stop();
});

const gauge = async (replica: StartedSnetd, name: string) => {
  const { url } = await replica.waitForEvent('metrics');
  return (await readCounters(String(url))).get(name);
};

test('default: a stop in etcd holds on all replicas, also while etcd is away', async () => {
  expect(await callDetect(two.endpoint)).toMatchObject(taken);
  expect(await operator.stop()).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  await vi.waitFor(async () => expect(await callDetect(two.endpoint)).toMatchObject(stopped), soon);
  expect(await gauge(two, 'snetd_group_stopped')).toBe(1);

  const [member] = etcd.members;
  await member?.kill('SIGKILL');
  await vi.waitFor(async () => expect(await gauge(two, 'snetd_store_unreachable')).toBe(1), soon);
  expect(await callDetect(one.endpoint)).toMatchObject(stopped);
  expect(await callDetect(two.endpoint)).toMatchObject(stopped);
  await mine(network.devnet.rpcUrl, 1);
  expect(await operator.start()).toEqual({
    code: 2,
    text: 'the store of the group does not answer: it is not known whether the switch was moved, ask again',
  });
  expect(await operator.isProcessing()).toBe(Status.HAS_STOPPED_PROCESSING_REQUESTS);
  // A log of everything is wanted most while something is wrong: it does not need the store.
  expect(await operator.update({ 'log.level': 'debug' })).toHaveProperty('currentConfiguration');

  await member?.restart();
  await vi.waitFor(async () => expect(await gauge(two, 'snetd_store_unreachable')).toBe(0), soon);
  expect(await callDetect(two.endpoint)).toMatchObject(stopped);
  await mine(network.devnet.rpcUrl, 1);
  expect(await operator.start()).toBe(Status.REQUEST_IN_PROGRESS);
  await vi.waitFor(async () => expect(await callDetect(two.endpoint)).toMatchObject(taken), soon);
  expect(await gauge(two, 'snetd_group_stopped')).toBe(0);
}, 240_000);

test('behavior: list replicas reads etcd, and a replica whose lease ends is no longer there', async () => {
  const file = await network.writeConfig('list.json', config);
  const list = async () => {
    const { stdout } = await runSnetd(['list', 'replicas', '-c', file]);
    return stdout.split('\n').filter(Boolean);
  };
  await vi.waitFor(async () => expect(await list()).toHaveLength(2), soon);
  const short = await network.start({ ...config, payment_channel_storage_lease: '2s' });
  const all = await list();
  expect(all.filter((line) => line.includes(`Endpoint: ${short.endpoint},`))).toHaveLength(1);
  short.child.kill('SIGKILL');
  await short.exited;
  await vi.waitFor(async () => expect(await list()).toHaveLength(2), soon);
  // The same store as the metadata name is no reason to warn; this one has another port.
  expect(await gauge(one, 'snetd_other_store')).toBe(1);
}, 240_000);
