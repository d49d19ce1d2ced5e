import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { connectRawClient } from './raw-client.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

const nothingOpen = { sockets: 0, sessions: 0, streams: 0, calls: 0 };

test('default: running calls end, new ones are refused', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);
  const running = transport.client.call();
  running.send('hello');
  const served = (await service.next()).read();
  served.send('first');
  expect(await running.responses.next()).toBe('first');

  const goaway = once(transport.client.session, 'goaway');
  const closed = transport.listener.close({ graceMs: 10_000 });
  expect((await goaway)[0]).toBe(0);
  await expect(connectRawClient(transport.listener.endpoint)).rejects.toThrow('ECONNREFUSED');
  running.send('second');
  expect(await served.requests.next()).toBe('hello');
  expect(await served.requests.next()).toBe('second');
  served.end();

  expect(await running.ended).toMatchObject({ status: '0' });
  await closed;
  expect(transport.listener.counters).toMatchObject(nothingOpen);
});

test('behavior: calls that do not end in time are cut', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);
  const running = transport.client.call();
  running.send('hello');
  const served = await service.next();

  expect(await transport.listener.close({ graceMs: 50 })).toBe(1);

  expect((await running.ended).status).toBeUndefined();
  await served.closed;
  expect(transport.listener.counters).toMatchObject(nothingOpen);
});

test('behavior: idle connections of every kind do not delay the end', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, {
    http1: (_request, response) => response.end('ok'),
  });
  const { port, endpoint } = transport.listener;
  const silent = connect(port, '127.0.0.1');
  const kept = connect(port, '127.0.0.1');
  kept.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(kept, 'data');
  await using second = await connectRawClient(endpoint);
  await new Promise((done) => second.session.ping(done));
  expect(transport.listener.counters.sockets).toBe(4);

  await transport.listener.close({ graceMs: 10_000 });

  expect(transport.listener.counters).toMatchObject(nothingOpen);
  silent.destroy();
  kept.destroy();
});

test('behavior: a request of HTTP/1.1 that runs is answered, and its connection closed', async () => {
  await using service = await startRawService();
  const asked = Promise.withResolvers<() => void>();
  await using transport = await startTransport(service, {
    http1: (_request, response) => asked.resolve(() => void response.end('late')),
  });
  const page = fetch(transport.listener.endpoint);
  const answer = await asked.promise;

  const closed = transport.listener.close({ graceMs: 10_000 });
  const start = performance.now();
  answer();

  expect(await (await page).text()).toBe('late');
  await closed;
  // Not when the client gets tired of keeping it alive.
  expect(performance.now() - start).toBeLessThan(2000);
  expect(transport.listener.counters).toMatchObject(nothingOpen);
});

test('behavior: nothing stays when clients have gone', async () => {
  await using service = await startRawService((call) => {
    call.read().send('hello');
    if (call.headers[':path'] === '/ends') call.end();
  });
  await using transport = await startTransport(service);
  const { listener, upstream } = transport;
  const clients = await Promise.all(
    Array.from({ length: 8 }, () => connectRawClient(listener.endpoint)),
  );
  const calls = clients.flatMap((client) => ['/ends', '/stays'].map((path) => client.call(path)));
  for (const call of calls) {
    call.send('hello');
    await call.responses.next();
  }
  for (const client of clients) client.session.destroy();
  await vi.waitUntil(() => listener.counters.sockets === 1 && upstream.counters.streams === 0);

  expect(listener.counters).toMatchObject({ sockets: 1, sessions: 1, streams: 0, calls: 0 });
  expect(upstream.counters).toMatchObject({ sessions: 1, streams: 0 });
  await upstream.close();
  expect(upstream.counters).toMatchObject({ sessions: 0, streams: 0 });
  expect(transport.faults).toEqual([]);
});

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** Connects a client that never closes what the other end has closed; resolves when that is so. */
async function connectStubborn(port: number, bytes: Buffer): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  socket.write(bytes);
  socket.resume();
  await once(socket, 'end');
  return socket;
}

test('behavior: clients that do not answer are cut, those that do stay', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { keepAliveMs: 200 } });

  const socket = await connectStubborn(transport.listener.port, Buffer.concat([preface, settings]));
  await vi.waitUntil(() => transport.listener.counters.sockets === 1);
  socket.destroy();

  expect(transport.client.session.destroyed).toBe(false);
  expect(transport.listener.counters).toMatchObject({ sessions: 1, destroyedConnections: 1 });
});

test('behavior: clients that were sent away, or said goodbye, do not stay', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);
  // A field that refers to a table entry that is not there: COMPRESSION_ERROR.
  const broken = Buffer.from([0, 0, 2, 1, 5, 0, 0, 0, 1, 0xff, 0xff]);
  const goaway = Buffer.concat([Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0]), Buffer.alloc(8)]);

  for (const last of [broken, goaway]) {
    const bytes = Buffer.concat([preface, settings, last]);
    const socket = await connectStubborn(transport.listener.port, bytes);
    await vi.waitUntil(() => transport.listener.counters.sockets === 1, { timeout: 5000 });
    expect(transport.listener.counters.sessions).toBe(1);
    socket.destroy();
  }
});
