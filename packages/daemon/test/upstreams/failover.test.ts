import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { compileProtos } from '@snetkit/protos';
import { expect, test, vi } from 'vitest';
import { type Backends, createBackends } from '../../src/upstreams/backends.ts';
import { createGrpcUpstream } from '../../src/upstreams/grpc.ts';
import { createHttpUpstream } from '../../src/upstreams/http.ts';
import { listServiceMethods } from '../../src/upstreams/service-methods.ts';
import { startJsonServer } from '../gateway/backends/json-server.ts';
import { echoProtos, pathOf } from '../gateway/echo-service.ts';
import { startRawService } from '../transport/raw-service.ts';
import { askUpstream } from './ask-upstream.ts';

/** Backends of equal weight; asked by a connection, as the daemon does. */
function spread(endpoints: readonly string[], check: (url: URL) => Promise<void>): Backends {
  return createBackends({
    endpoints: endpoints.map((endpoint) => ({ url: new URL(endpoint), weight: 1 })),
    check,
    intervalMs: 20,
  });
}

const alwaysUp = () => Promise.resolve();
const message = new Uint8Array();

const startNamed = (name: string, port?: number) =>
  startRawService(
    async (call) => {
      call.read();
      while ((await call.requests.nextBytes()) !== undefined);
      call.send(name);
      call.end();
    },
    port === undefined ? {} : { port },
  );

test('default: gRPC calls are dealt out, and go on when a service ends', async () => {
  await using one = await startNamed('one');
  await using two = await startNamed('two');
  const upstream = createGrpcUpstream({ endpoint: spread([one.endpoint, two.endpoint], alwaysUp) });
  const ask = async () => (await askUpstream(upstream, '/s.S/M', message)).bytes?.toString();
  expect([await ask(), await ask(), await ask(), await ask()].sort()).toEqual([
    ...['one', 'one', 'two', 'two'],
  ]);
  await one.stop();
  await vi.waitFor(() => expect(upstream.counters.sessions).toBe(1));
  // It is still thought to be up: a connection that cannot be made fails no call.
  for (let call = 0; call < 10; call++) expect(await ask()).toBe('two');
  await upstream.close();
});

test('behavior: a service that comes back gets calls again', async () => {
  const one = await startNamed('one');
  await using two = await startNamed('two');
  let isBack = false;
  const check = ({ port }: URL) =>
    Number(port) === one.port && !isBack ? Promise.reject(new TypeError('down')) : alwaysUp();
  const upstream = createGrpcUpstream({ endpoint: spread([one.endpoint, two.endpoint], check) });
  const ask = async () => (await askUpstream(upstream, '/s.S/M', message)).bytes?.toString();
  await one.stop();
  for (let call = 0; call < 4; call++) expect(await ask()).toBe('two');
  await using again = await startNamed('again', one.port);
  isBack = true;
  await vi.waitFor(async () => expect(await ask()).toBe('again'), { timeout: 10_000 });
  expect(again.totalSessions()).toBe(1);
  await upstream.close();
});

test('error: when no service can be reached, the last failure is told', async () => {
  const endpoints = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];
  const upstream = createGrpcUpstream({ endpoint: spread(endpoints, alwaysUp) });
  const { status } = await askUpstream(upstream, '/s.S/M', message);
  expect(status).toMatch(/^13 can't connect to service connect ECONNREFUSED 127\.0\.0\.1:[12]\n/);
  await upstream.close();
});

test('behavior: a gRPC call that a service has seen is sent to no other', async () => {
  const seen: string[] = [];
  const start = (name: string) =>
    startRawService((call) => {
      seen.push(name);
      call.stream.session?.destroy();
    });
  await using one = await start('one');
  await using two = await start('two');
  const upstream = createGrpcUpstream({ endpoint: spread([one.endpoint, two.endpoint], alwaysUp) });
  const { status } = await askUpstream(upstream, '/s.S/M', message);
  expect(status).toMatch(/^14 error reading from server: /);
  expect(seen.length).toBe(1);
  await upstream.close();
});

const registry = compileProtos(echoProtos);
const createHttp = (backends: Backends) =>
  createHttpUpstream({
    ...{ backends, registry, methods: listServiceMethods(registry), encoding: 'json' },
    ...{ serviceTimeoutMs: 20_000, maxMessageBytes: 1_000_000, userAgent: 'snetd' },
  });

test('default: HTTP requests, too', async () => {
  const start = (name: string) => startJsonServer((_, response) => response.end(`"${name}"`));
  const [one, two] = await Promise.all([start('one'), start('two')]);
  const upstream = createHttp(spread([one.endpoint, two.endpoint], alwaysUp));
  const ask = async () => {
    const { status, bytes } = await askUpstream(upstream, pathOf.unary, Buffer.from('{}'));
    return `${status} ${bytes}`;
  };
  expect(new Set([await ask(), await ask()])).toEqual(new Set(['0 "one"', '0 "two"']));
  await one.stop();
  await upstream.close();
  // New connections: nothing has left when one cannot be made.
  const next = createHttp(spread([one.endpoint, two.endpoint], alwaysUp));
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => askUpstream(next, pathOf.unary, Buffer.from('{}'))),
  );
  expect(new Set(answers.map(({ status, bytes }) => `${status} ${bytes}`))).toEqual(
    new Set(['0 "two"']),
  );
  await two.stop();
  await next.close();
});

test('behavior: an HTTP request that a service may have seen is sent to no other', async () => {
  let connections = 0;
  const servers = [0, 1].map(() =>
    createServer((socket) => {
      connections++;
      socket.once('data', () => socket.destroy());
    }),
  );
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  const endpoints = ports.map((port) => `http://127.0.0.1:${port}`);
  const upstream = createHttp(spread(endpoints, alwaysUp));
  const { status } = await askUpstream(upstream, pathOf.unary, Buffer.from('{}'));
  expect(status).toMatch(/^13 error executing HTTP call; error: socket hang up\n/);
  expect(connections).toBe(1);
  await upstream.close();
  for (const server of servers) server.close();
});
