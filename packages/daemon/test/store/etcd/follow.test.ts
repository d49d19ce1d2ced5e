import {
  createChainClient,
  getOrganization,
  privateKeySigner,
  updateOrganization,
} from '@snetkit/contracts';
import { formatStorageUri, type JsonObject, utf8ToBytes } from '@snetkit/core';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { kuboSource, readOrganizationMetadata, serializeMetadata } from '@snetkit/metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSnetd } from '../../shell/run-snetd.ts';
import { type HoldProxy, startHoldProxy } from './hold-proxy.ts';
import { type Replicas, startReplicas } from './start-replicas.ts';
import { until } from './until.ts';

let etcd: Etcd;
let stranger: Etcd;
let proxy: HoldProxy;
let replicas: Replicas;

beforeAll(async () => {
  [etcd, stranger] = await Promise.all([startEtcd(), startEtcd()]);
  proxy = await startHoldProxy(etcd.endpoints[0] ?? '');
  replicas = await startReplicas({
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: { hot_reload: true, request_timeout: '2s' },
    payment_channel_storage_reload_interval: '1s',
  });
});

afterAll(async () => {
  await replicas?.stop();
  await proxy?.close();
  await etcd?.stop();
  await stranger?.stop();
});

/** What an operator does who moves the store: publishes the organization with other endpoints. */
async function publish(endpoints: readonly string[]): Promise<void> {
  const { rpcUrl, contracts, organizationId, contentStore, contentUrl, accounts } =
    replicas.network.devnet;
  const chain = createChainClient({ rpcUrl });
  const { registry } = contracts;
  const found = await getOrganization(chain, { registry, organizationId });
  const content = kuboSource({ endpoint: contentUrl, timeoutMs: 10_000 });
  const { document } = await readOrganizationMetadata(content, found?.metadataUri ?? '');
  const [group] = document['groups'] as JsonObject[];
  const payment = group?.['payment'] as JsonObject;
  const client = payment['payment_channel_storage_client'] as JsonObject;
  const changed = {
    ...document,
    groups: [
      {
        ...group,
        payment: {
          ...payment,
          payment_channel_storage_client: { ...client, endpoints: [...endpoints] },
        },
      },
    ],
  };
  const cid = await contentStore.put(utf8ToBytes(serializeMetadata(changed)));
  const metadataUri = formatStorageUri({ scheme: 'ipfs', cid });
  await updateOrganization(chain, privateKeySigner(accounts.provider.privateKey), {
    ...{ registry, organizationId, metadataUri },
  });
}

test('default: the daemon follows the endpoints of the organization while calls run', async () => {
  await publish([proxy.endpoint]);
  const daemon = await replicas.start();
  const { network } = replicas;
  const { price } = network.devnet;
  const channels: bigint[] = [];
  for (let n = 0; n < 2; n += 1) channels.push(await network.openChannel());
  let isOver = false;
  let calls = 0;
  const work = Promise.all(
    channels.map(async (channelId) => {
      const statuses: (number | undefined)[] = [];
      for (let n = 1n; !isOver && n < 1_000n; n += 1n) {
        statuses.push(await replicas.pay(daemon, { channelId, amount: n * price }));
        calls += 1;
      }
      return statuses;
    }),
  );
  await until(() => calls > 3);
  expect(proxy.clients).toBeGreaterThan(0);
  await publish(etcd.endpoints);
  expect(await daemon.waitForEvent('storage')).toMatchObject({
    endpoints: etcd.endpoints.map((url) => new URL(url).host),
  });
  await until(() => proxy.clients === 0);
  const before = calls;
  await until(() => calls > before + 3);
  isOver = true;
  for (const statuses of await work) expect(new Set(statuses)).toEqual(new Set([0]));

  const env = replicas.environment({ payment_channel_storage_client: {} });
  const { stdout } = await runSnetd(['list', 'channels'], { env });
  for (const channelId of channels) expect(stdout).toContain(`${channelId}: {ChannelID:`);

  // Another cluster would be another book: it is told, and not followed.
  await publish(stranger.endpoints);
  await until(() => daemon.lines.some(({ event, error }) => event === 'storage' && error));
  const channelId = await network.openChannel();
  expect(await replicas.pay(daemon, { channelId, amount: price })).toBe(0);
  await daemon.stop();
}, 240_000);
