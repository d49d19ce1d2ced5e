import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import {
  createChainClient,
  getOrganization,
  getService,
  getTokenBalance,
} from '@snetkit/contracts';
import { kuboSource, resolveService } from '@snetkit/metadata';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import sepoliaDemo from '../../fixtures/sepolia-demo.json' with { type: 'json' };
import { isAlive } from '../../test/is-alive.ts';
import { isListening } from '../../test/is-listening.ts';
import { TextService } from '../gen/text/v1/text_service_pb.ts';
import { startProcess } from '../process/start-process.ts';
import type { Devnet, DevnetProgress } from './devnet.ts';
import { readDevnetDescriptor } from './devnet-descriptor.ts';
import { startDevnet } from './start-devnet.ts';

const helper = (name: string) => join(import.meta.dirname, '../../test', name);
const daemonCommand = [process.execPath, helper('stand-in-daemon.ts')];
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-devnet-test-'));
  vi.stubEnv('XDG_STATE_HOME', directory);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

async function resolve({ rpcUrl, contracts, contentUrl, ...names }: Devnet) {
  const client = createChainClient({ rpcUrl });
  const { registry, mpe } = contracts;
  const lookup = {
    getOrganizationUri: async (organizationId: string) =>
      (await getOrganization(client, { registry, organizationId }))?.metadataUri,
    getServiceUri: async (organizationId: string, serviceId: string) =>
      (await getService(client, { registry, organizationId, serviceId }))?.metadataUri,
  };
  const content = kuboSource({ endpoint: contentUrl });
  const { organizationId, serviceId } = names;
  return resolveService({ lookup, content, organizationId, serviceId, expectedMpe: mpe });
}

test('default: everything runs, is registered and funded, and nothing is left after stop', async () => {
  const progress: DevnetProgress[] = [];
  const devnet = await startDevnet({
    daemonCommand,
    onProgress: (event) => progress.push(event),
    announce: true,
  });
  const pids = [devnet.service?.pid, devnet.daemon?.pid];
  try {
    expect(pids.map(isAlive)).toEqual([true, true]);
    const steps = progress.map(({ step, status }) => `${step} ${status}`);
    expect(steps.filter((step) => !step.startsWith('service'))).toEqual(
      ['content', 'chain', 'contracts', 'publish', 'daemon'].flatMap((step) => [
        `${step} started`,
        `${step} done`,
      ]),
    );
    expect(steps.indexOf('service done')).toBeLessThan(steps.indexOf('publish started'));
    const { service, group, protoFiles } = await resolve(devnet);
    expect(service.displayName).toBe('Language detection');
    expect(group.endpoints).toEqual([devnet.endpoint]);
    expect(devnet.daemon?.endpoint).toBe(devnet.endpoint);
    expect(protoFiles.size).toBe(3);

    const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
    const { token } = devnet.contracts;
    for (const { address } of [devnet.accounts.client, devnet.accounts.secondClient]) {
      expect(await getTokenBalance(chain, { token, account: address })).toBe(100n * 10n ** 18n);
      expect(await chain.getBalance({ address })).toBeGreaterThan(0n);
    }
    const baseUrl = devnet.service?.endpoint ?? '';
    const client = createClient(TextService, createGrpcTransport({ baseUrl }));
    const { detection } = await client.detect({ text: 'Où est la bibliothèque ?' });
    expect(detection?.language?.name).toBe('French');

    expect(await readDevnetDescriptor()).toEqual({
      pid: process.pid,
      rpcUrl: devnet.rpcUrl,
      chainId: 31337,
      contracts: devnet.contracts,
      token: { symbol: 'FET', decimals: 18 },
      contentUrl: devnet.contentUrl,
      organizationId: 'local',
      serviceId: 'text',
      groupName: 'default_group',
      endpoint: devnet.endpoint,
      directory: devnet.directory,
      accounts: devnet.accounts,
    });
  } finally {
    await devnet.stop();
  }
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(await isListening(devnet.rpcUrl)).toBe(false);
  expect(await isListening(devnet.contentUrl)).toBe(false);
  expect(existsSync(devnet.directory)).toBe(false);
  expect(await readDevnetDescriptor()).toBeUndefined();
});

test('args: as sepolia it has the chain id, the published addresses, and protos that official tools read', async () => {
  await using devnet = await startDevnet({ as: 'sepolia', service: false });
  expect(devnet.chainId).toBe(11_155_111);
  expect(devnet.contracts).toEqual({
    mpe: sepoliaDemo.multiPartyEscrow,
    registry: sepoliaDemo.registry,
    token: sepoliaDemo.token,
  });
  expect(devnet.daemonConfig).toMatchObject({
    blockchain_network_selected: 'sepolia',
    ethereum_json_rpc_http_endpoint: devnet.rpcUrl,
  });
  const { protoFiles } = await resolve(devnet);
  expect([...protoFiles.keys()]).toEqual(['text_service.proto']);
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const block = await chain.getBlockNumber();
  // Official clients wait for a block after that of their transaction, and know accounts with a past only.
  await vi.waitFor(async () => expect(await chain.getBlockNumber()).toBeGreaterThan(block), 10_000);
  const { address } = devnet.accounts.client;
  expect(await chain.getTransactionCount({ address })).toBe(1);
  const version = await fetch(`${devnet.contentApi}/version`, { method: 'POST' });
  expect(await version.json()).toMatchObject({ Version: '0.4.23' });
});

test('args: own service, own directory, own configuration keys, blocks at intervals', async () => {
  const devnet = await startDevnet({
    directory,
    serviceEndpoint: 'http://127.0.0.1:9999',
    daemonCommand,
    daemonConfig: { block_poll_interval: '1s', max_message_size_in_mb: 16 },
    blockTimeSeconds: 1,
    price: 7n,
    paymentExpirationThreshold: 40_320n,
  });
  try {
    expect(devnet.service).toBeUndefined();
    expect(devnet.price).toBe(7n);
    const written = JSON.parse(await readFile(devnet.daemon?.configFile ?? '', 'utf8'));
    expect(written).toEqual({
      blockchain_network_selected: 'devnet',
      chain_id: 31337,
      registry_address_key: devnet.contracts.registry,
      mpe_address_key: devnet.contracts.mpe,
      token_address_key: devnet.contracts.token,
      ethereum_json_rpc_http_endpoint: devnet.rpcUrl,
      block_poll_interval: '1s',
      ipfs_endpoint: devnet.contentUrl,
      lighthouse_endpoint: `${devnet.contentUrl}/ipfs/`,
      organization_id: 'local',
      service_id: 'text',
      daemon_group_name: 'default_group',
      daemon_endpoint: new URL(devnet.endpoint).host,
      service_endpoint: 'http://127.0.0.1:9999',
      payment_channel_storage_type: 'sqlite',
      payment_channel_storage_path: join(devnet.directory, 'daemon', 'storage'),
      stop_grace_period: '2s',
      max_message_size_in_mb: 16,
    });
    const { group } = await resolve(devnet);
    expect(group.paymentExpirationThreshold).toBe(40_320n);
    const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
    const before = await chain.getBlockNumber({ cacheTime: 0 });
    await vi.waitFor(
      async () => expect(await chain.getBlockNumber({ cacheTime: 0 })).toBeGreaterThan(before + 1n),
      { timeout: 10_000, interval: 100 },
    );
  } finally {
    await devnet.stop();
  }
  expect(await readdir(directory)).toContain(basename(devnet.directory));
  expect(await readDevnetDescriptor()).toBeUndefined();
});

test('behavior: two networks at once have different contracts and ports', async () => {
  await using first = await startDevnet({ service: false });
  await using second = await startDevnet({ service: false });
  expect(first.contracts.mpe).not.toBe(second.contracts.mpe);
  expect(first.rpcUrl).not.toBe(second.rpcUrl);
  expect(first.groupId).not.toBe(second.groupId);
});

test('behavior: kill -9 of the process that holds it leaves nothing running', async () => {
  const held = await startProcess({
    name: 'a process with a local network',
    command: [process.execPath, '--conditions=@snetkit/source', helper('hold-devnet.ts')],
  });
  const {
    pids,
    rpcUrl,
    directory: left,
  } = held.listening as {
    pids: number[];
    rpcUrl: string;
    directory: string;
  };
  expect(pids.map(isAlive)).toEqual([true, true]);
  expect(await isListening(rpcUrl)).toBe(true);
  process.kill(held.pid, 'SIGKILL');
  await held.exited;
  await vi.waitFor(
    async () => {
      expect(pids.map(isAlive)).toEqual([false, false]);
      expect(await isListening(rpcUrl)).toBe(false);
    },
    { timeout: 10_000, interval: 50 },
  );
  await rm(left, { recursive: true });
});

test('error: when the daemon does not start, the rest is stopped', async () => {
  const progress: DevnetProgress[] = [];
  const started = startDevnet({
    daemonCommand,
    daemonConfig: { fail: 'no such group' },
    onProgress: (event) => progress.push(event),
  });
  await expect(started).rejects.toMatchObject({
    code: 'DEVNET_PROCESS_ENDED',
    message: 'the daemon ended (exit code 3).\nFound: no such group',
  });
  const urls = progress
    .filter(({ step }) => ['chain', 'content', 'service'].includes(step))
    .flatMap(({ detail }) => detail ?? []);
  expect(urls).toHaveLength(3);
  for (const url of urls) expect(await isListening(url)).toBe(false);
});

test('error: given up between two steps', async () => {
  const giveUp = new AbortController();
  const started = startDevnet({
    service: false,
    signal: giveUp.signal,
    onProgress: ({ step, status }) => {
      if (step === 'contracts' && status === 'done') giveUp.abort();
    },
  });
  await expect(started).rejects.toMatchObject({
    code: 'ABORTED',
    message: 'Starting the local network was given up.\nPlace: publish',
  });
});
