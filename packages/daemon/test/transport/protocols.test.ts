import { once } from 'node:events';
import { connect } from 'node:net';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import {
  connectNodeAdapter,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { Health, HealthCheckResponse_ServingStatus } from '@snetkit/protos/health';
import { expect, test } from 'vitest';
import type { OwnServices } from '../../src/listener/listener-options.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

const serving = HealthCheckResponse_ServingStatus.SERVING;

const ownServices: OwnServices = {
  owns: (path) => path.startsWith('/grpc.health.v1.Health/'),
  handler: connectNodeAdapter({
    routes: (router) => router.service(Health, { check: () => ({ status: serving }) }),
  }),
};

test('default: calls, own services and HTTP/1.1 on one port', async () => {
  await using service = await startRawService((call) => call.end());
  await using transport = await startTransport(service, {
    ownServices,
    http1: (request, response) => response.end(`${request.method} ${request.url}\n`),
  });
  const { endpoint: baseUrl, counters } = transport.listener;

  const call = transport.client.call();
  call.end('hello');
  expect(await call.ended).toMatchObject({ status: '0' });
  const health = createClient(Health, createGrpcTransport({ baseUrl }));
  expect(await health.check({})).toMatchObject({ status: serving });
  const page = await fetch(`${baseUrl}/heartbeat?x=1`);
  expect([page.status, await page.text()]).toEqual([200, 'GET /heartbeat?x=1\n']);

  expect(counters).toMatchObject({ totalCalls: 1, totalOwnRequests: 1, totalHttpRequests: 1 });
});

test('behavior: own services in every protocol that they speak', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { ownServices });
  const { endpoint: baseUrl } = transport.listener;
  const transports = [
    createGrpcTransport({ baseUrl }),
    createGrpcWebTransport({ baseUrl, httpVersion: '1.1' }),
    createGrpcWebTransport({ baseUrl, httpVersion: '2' }),
    createConnectTransport({ baseUrl, httpVersion: '1.1' }),
    createConnectTransport({ baseUrl, httpVersion: '2', useHttpGet: true }),
  ];

  for (const each of transports) {
    expect(await createClient(Health, each).check({})).toMatchObject({ status: serving });
  }
});

test('behavior: a library client calls through to a library service', async () => {
  const { createServer } = await import('node:http2');
  const server = createServer(connectNodeAdapter({ routes: ownRoutes }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await using transport = await startTransport({ endpoint: `http://127.0.0.1:${port}` });
  const { endpoint: baseUrl } = transport.listener;

  const health = createClient(Health, createGrpcTransport({ baseUrl }));
  expect(await health.check({ service: 'x' })).toMatchObject({ status: serving });
  await expect(health.check({ service: 'broken' })).rejects.toThrow('[not_found] no such café');
  const seen: number[] = [];
  for await (const { status } of health.watch({})) seen.push(status);
  expect(seen).toEqual([1, 2, 1]);
  server.close();
});

test('behavior: a preface that comes byte by byte', async () => {
  await using service = await startRawService((call) => call.end());
  await using transport = await startTransport(service);

  const socket = connect(transport.listener.port, '127.0.0.1');
  socket.setNoDelay();
  for (const byte of Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')) {
    await new Promise((written) => socket.write(Buffer.from([byte]), written));
  }
  socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
  const [settings] = (await once(socket, 'data')) as [Buffer];

  // The first frame of a server is SETTINGS.
  expect(settings[3]).toBe(4);
  socket.destroy();
});

test('error: first bytes that are no HTTP', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  for (const garbage of ['\x16\x03\x01\x02\x00\x01', 'PRI * HTTP/3.0\r\n\r\n', '\0\0\0\0\0']) {
    const socket = connect(transport.listener.port, '127.0.0.1');
    socket.write(Buffer.from(garbage, 'latin1'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    await once(socket, 'close');
  }
});

test('error: a preface and then no HTTP/2', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const socket = connect(transport.listener.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'close');
});

test('error: a connection that says nothing', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { firstBytesMs: 50 } });

  for (const start of ['', 'PRI *']) {
    const socket = connect(transport.listener.port, '127.0.0.1');
    if (start !== '') socket.write(start);
    socket.resume();
    await once(socket, 'close');
  }
});

test('behavior: a client of HTTP/1.1 may close its half and still gets its answer', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, {
    http1: (_request, response) => void setImmediate(() => response.end('late')),
  });

  const socket = connect(transport.listener.port, '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);

  expect(Buffer.concat(chunks).toString()).toMatch(/late$/);
});

test('error: a handler that throws is a fault, not the end', async () => {
  await using service = await startRawService();
  const handler = () => {
    throw new RangeError('a bug');
  };
  await using transport = await startTransport(service, {
    ownServices: { owns: (path) => path === '/own', handler },
    http1: handler,
  });
  const { endpoint } = transport.listener;

  expect((await fetch(`${endpoint}/own`)).status).toBe(500);
  expect((await fetch(`${endpoint}/other`)).status).toBe(500);
  expect((await transport.client.call('/own').headers)[':status']).toBe(500);
  expect(transport.faults).toEqual(Array.from({ length: 3 }, () => new RangeError('a bug')));
});

test('error: the port is taken', async () => {
  await using service = await startRawService();

  await expect(startTransport(service, { port: service.port })).rejects.toThrow(
    `The daemon cannot listen for calls.
Place: daemon_endpoint
Found: listen EADDRINUSE: address already in use 127.0.0.1:${service.port}
Fix: Choose another port for daemon_endpoint, or end the program that has this one.`,
  );
});

function ownRoutes(router: Parameters<Parameters<typeof connectNodeAdapter>[0]['routes']>[0]) {
  router.service(Health, {
    check({ service }) {
      if (service === 'broken') throw new ConnectError('no such café', Code.NotFound);
      return { status: serving };
    },
    async *watch() {
      for (const status of [1, 2, 1] as const) yield { status };
    },
  });
}
