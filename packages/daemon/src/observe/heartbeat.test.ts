import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { getDaemonId } from '@snetkit/core';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { afterEach, expect, test } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import { getHeartbeat } from './heartbeat.ts';
import { createProbe } from './probe.ts';
import { alwaysReady } from './readiness.ts';

interface Vectors {
  readonly matchesGoTests: readonly {
    readonly organization_id: string;
    readonly service_id: string;
    readonly group_id: string;
    readonly registry_address: string;
    readonly sha256: string;
  }[];
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/daemon-id.json', import.meta.url), 'utf8'),
);

const servers: Server[] = [];
afterEach(() =>
  Promise.all(
    servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))),
  ),
);

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function heartbeat(env: Record<string, string>) {
  const config = await testConfig(env);
  const line = await getHeartbeat({
    config,
    probe: createProbe(config),
    readiness: alwaysReady,
    version: 'v1.2.3',
    groupId: 'group01',
    registryAddress: '0xAb',
  });
  expect(line.endsWith('\n')).toBe(true);
  return { line, content: JSON.parse(line) };
}

test.each(vectors.matchesGoTests)('behavior: daemon id $sha256', (vector) => {
  const id = getDaemonId({
    organizationId: vector.organization_id,
    serviceId: vector.service_id,
    groupId: vector.group_id,
    registryAddress: vector.registry_address,
  });
  expect(id).toBe(vector.sha256);
});

test('default: a service that accepts connections is alive; fields and their order are the official ones', async () => {
  const endpoint = await listen(createTcpServer((socket) => socket.destroy()));
  const before = Math.floor(Date.now() / 1000);
  const { line, content } = await heartbeat({ SNET_SERVICE_ENDPOINT: endpoint });
  expect(Number(content.timestamp)).toBeGreaterThanOrEqual(before);
  expect(line.replace(content.timestamp, 'TIME').replace(content.daemonID, 'ID')).toBe(
    '{"daemonID":"ID","timestamp":"TIME","status":"Online",' +
      '"serviceheartbeat":"{\\"serviceID\\":\\"my_service\\",\\"status\\":\\"SERVING\\"}",' +
      '"daemonVersion":"v1.2.3","blockchainEnabled":true,"blockchainNetwork":"sepolia",' +
      '"storageClientCertDetails":{"validFrom":"","validTill":""}}\n',
  );
  expect(content.daemonID).toBe(
    getDaemonId({
      organizationId: 'YOUR_ORG_ID_',
      serviceId: 'my_service',
      groupId: 'group01',
      registryAddress: '0xAb',
    }),
  );
});

test('behavior: nobody listens', async () => {
  const endpoint = await listen(createTcpServer());
  await new Promise<void>((resolve) => servers.pop()?.close(() => resolve()));
  const { content } = await heartbeat({ SNET_SERVICE_ENDPOINT: endpoint });
  expect(content).toMatchObject({
    status: 'Offline',
    serviceheartbeat: '{"serviceID":"my_service","status":"NOT_SERVING"}',
  });
});

test.each([
  [200, 'fine', 'Online'],
  [200, '', 'Offline'],
  [500, 'broken', 'Offline'],
])('behavior: an HTTP service that answers %s "%s" is %s', async (status, body, expected) => {
  const endpoint = await listen(
    createServer((_request, response) => response.writeHead(status).end(body)),
  );
  const { content } = await heartbeat({
    SNET_SERVICE_HEARTBEAT_TYPE: 'http',
    SNET_HEARTBEAT_ENDPOINT: endpoint,
  });
  expect(content.status).toBe(expected);
});

test.each([
  [Status.SERVING, 'Online'],
  [Status.NOT_SERVING, 'Offline'],
])('behavior: a gRPC service whose health is %s is %s', async (status, expected) => {
  const asked: string[] = [];
  const endpoint = await listen(
    createHttp2Server(
      connectNodeAdapter({
        routes: (router) => {
          router.service(Health, {
            check({ service }) {
              asked.push(service);
              return { status };
            },
          });
        },
      }),
    ),
  );
  const { content } = await heartbeat({
    SNET_SERVICE_HEARTBEAT_TYPE: 'grpc',
    SNET_HEARTBEAT_ENDPOINT: endpoint,
  });
  expect(content.status).toBe(expected);
  expect(asked).toEqual(['my_service']);
});

test('behavior: askers at the same time share one probe', async () => {
  let connections = 0;
  const endpoint = await listen(
    createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    }),
  );
  const probe = createProbe(await testConfig({ SNET_SERVICE_ENDPOINT: endpoint }));
  await Promise.all([probe.check(), probe.check(), probe.check()]);
  await probe.check();
  expect(connections).toBe(2);
});
