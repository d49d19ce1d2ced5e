import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcWebTransport } from '@connectrpc/connect-node';
import { Health, HealthCheckResponse_ServingStatus } from '@snetkit/protos/health';
import { describe, expect, test } from 'vitest';
import { type ServedCall, startRawService } from '../transport/raw-service.ts';
import { startTransport } from '../transport/start-transport.ts';
import { frameOf, startWebCall, webWays } from './web-call.ts';

/** Answers each message with itself, and the end with a status. */
function echo(call: ServedCall): void {
  call.respond({ 'x-first': 'one', 'data-bin': 'AAEC', 'x-twice': ['a', 'b'] });
  call.read();
  void (async () => {
    for (;;) {
      const message = await call.requests.nextBytes();
      if (message === undefined) break;
      call.send(message);
    }
    call.end({ 'grpc-status': '0', 'x-last': 'two', 'x-many': ['a', 'b'] });
  })();
}

describe.each(webWays)('over HTTP/$http, text: $isText', (way) => {
  test('default: a message there and back, headers before it and trailers in the body', async () => {
    await using service = await startRawService(echo);
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way);
    call.send('hello');
    call.end();
    const end = await call.ended;

    expect(end.messages.map(String)).toEqual(['hello']);
    expect(end.trailers).toEqual({ 'grpc-status': '0', 'x-last': 'two', 'x-many': 'b' });
    expect(end.httpStatus).toBe(200);
    expect(end.headers).toMatchObject({
      'content-type': way.isText ? 'application/grpc-web-text+proto' : 'application/grpc-web+proto',
      'x-first': 'one',
      'data-bin': 'AAEC',
      'x-twice': 'a, b',
    });
  });

  test('behavior: the service sees a call like any other', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way, {
      path: '/a.B/C',
      headers: {
        'snet-payment-type': 'escrow',
        'Key-Bin': 'AAEC',
        'grpc-timeout': '20S',
        'x-user-agent': 'grpc-web-javascript/0.1',
        accept: '*/*',
        origin: 'https://app.example',
        referer: 'https://app.example/page',
        'sec-fetch-mode': 'cors',
        ...(way.http === '1.1' && { connection: 'keep-alive, x-hop', 'x-hop': '1' }),
      },
    });
    call.send('hello');
    call.end();
    const served = (await service.next()).read();

    const { ':authority': _, 'user-agent': __, 'grpc-timeout': timeout, ...rest } = served.headers;
    expect(Object.fromEntries(Object.entries(rest))).toEqual({
      ':method': 'POST',
      ':path': '/a.B/C',
      ':scheme': 'http',
      'content-type': 'application/grpc+proto',
      te: 'trailers',
      'snet-payment-type': 'escrow',
      'key-bin': 'AAEC',
      'x-user-agent': 'grpc-web-javascript/0.1',
    });
    expect(timeout).toMatch(/^(20000|1\d{4})m$/);
    expect(await served.requests.next()).toBe('hello');
    expect(await served.requests.next()).toBeUndefined();
    served.end();
    await call.ended;
  });

  test('behavior: a failure before any message is headers and nothing else', async () => {
    await using service = await startRawService((call) => {
      call.end({ 'grpc-status': '1000', 'grpc-message': 'caf%C3%A9', 'x-why': 'no' });
    });
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way);
    call.send('hello');
    call.end();
    const end = await call.ended;

    expect(end.httpStatus).toBe(200);
    expect(end.headers).toMatchObject({
      'grpc-status': '1000',
      'grpc-message': 'caf%C3%A9',
      'x-why': 'no',
    });
    expect([end.messages, end.trailers]).toEqual([[], undefined]);
  });

  test('behavior: messages of a stream are not held back, in either direction', async () => {
    await using service = await startRawService(echo);
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way);
    for (let count = 0; count < 5; count++) {
      call.send(`message ${count}`);
      expect(await call.next()).toBe(`message ${count}`);
    }
    call.end();

    expect(await call.ended).toMatchObject({ trailers: { 'grpc-status': '0' } });
  });

  test('behavior: three MiB in both directions, byte by byte the same', async () => {
    await using service = await startRawService(echo);
    await using transport = await startTransport(service);
    const content = Buffer.alloc(3 * 2 ** 20);
    for (let at = 0; at < content.length; at++) content[at] = (at * 31) % 251;

    const call = startWebCall(transport.listener.endpoint, way);
    call.send(content);
    call.end();
    const end = await call.ended;

    expect(content.equals(end.messages[0] as Buffer)).toBe(true);
    expect(end.trailers).toMatchObject({ 'grpc-status': '0' });
  });

  test('behavior: a message over the limit is refused when its length is known', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service, { limits: { maxMessageBytes: 100 } });

    const call = startWebCall(transport.listener.endpoint, way);
    const start = frameOf(Buffer.alloc(101)).subarray(0, 6);
    call.write(way.isText ? start.toString('base64') : start);
    const { headers } = await call.ended;

    expect(headers).toMatchObject({
      'grpc-status': '8',
      'grpc-message': 'grpc: received message larger than max (101 vs. 100)',
    });
  });

  test('behavior: a client that leaves ends the call at the service', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way);
    call.send('hello');
    const served = await service.next();
    served.send('first');
    expect(await call.next()).toBe('first');
    call.cut();

    await served.closed;
    await expect.poll(() => transport.listener.counters.calls).toBe(0);
  });

  test('behavior: a deadline that passes is the answer', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way, {
      headers: { 'grpc-timeout': '50m' },
    });
    call.send('hello');
    call.end();
    const { headers } = await call.ended;

    expect(headers).toMatchObject({
      'grpc-status': '4',
      'grpc-message': 'context deadline exceeded',
    });
  });

  test('error: a malformed deadline', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way, {
      headers: { 'grpc-timeout': 'soon' },
    });
    call.end();
    const { headers } = await call.ended;

    expect(headers).toMatchObject({
      'grpc-status': '13',
      'grpc-message': 'malformed grpc-timeout: "soon"',
    });
    expect(transport.listener.counters.totalCalls).toBe(0);
  });
});

test.each(webWays)(
  'error: a service that ends in the middle of a message, over HTTP/$http, text: $isText',
  async (way) => {
    await using service = await startRawService(async (call) => {
      call.respond();
      call.stream.write(frameOf('x'.repeat(20)).subarray(0, 15));
      call.end();
    });
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way);
    call.send('hello');
    call.end();
    // The trailers would be the other half of the message.
    const end = await call.ended.catch(() => undefined);
    expect([end?.messages ?? [], end?.trailers]).toEqual([[], undefined]);
  },
);

describe.each(webWays.filter(({ isText }) => isText))('text over HTTP/$http', (way) => {
  test('behavior: pieces that were padded one by one', async () => {
    await using service = await startRawService(echo);
    await using transport = await startTransport(service);
    const framed = frameOf('hello');

    const call = startWebCall(transport.listener.endpoint, way);
    // Four padded pieces, the second one cut in the middle of its group.
    call.write(framed.subarray(0, 1).toString('base64'));
    call.write(framed.subarray(1, 6).toString('base64').slice(0, 3));
    call.write(framed.subarray(1, 6).toString('base64').slice(3));
    call.write(framed.subarray(6, 8).toString('base64') + framed.subarray(8).toString('base64'));
    call.end();

    expect((await call.ended).messages.map(String)).toEqual(['hello']);
  });

  test.each(['$$$$', 'AA=A', '=AAA', 'AAAAA'])('error: %s is no base64', async (text) => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    const call = startWebCall(transport.listener.endpoint, way);
    call.write(text);
    call.end();
    const { headers } = await call.ended;

    expect(headers).toMatchObject({
      'grpc-status': '13',
      'grpc-message': 'malformed base64 in a request of gRPC-web text',
    });
  });
});

test('behavior: a library client, both versions of HTTP', async () => {
  const { createServer } = await import('node:http2');
  const { SERVING } = HealthCheckResponse_ServingStatus;
  const server = createServer(
    connectNodeAdapter({
      routes: (router) =>
        router.service(Health, {
          check: () => ({ status: SERVING }),
          async *watch() {
            for (const status of [1, 2, 1] as const) yield { status };
          },
        }),
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await using transport = await startTransport({ endpoint: `http://127.0.0.1:${port}` });

  for (const httpVersion of ['1.1', '2'] as const) {
    const baseUrl = transport.listener.endpoint;
    const client = createClient(Health, createGrpcWebTransport({ baseUrl, httpVersion }));
    expect(await client.check({})).toMatchObject({ status: SERVING });
    const seen: number[] = [];
    for await (const { status } of client.watch({})) seen.push(status);
    expect(seen).toEqual([1, 2, 1]);
  }
  expect(transport.listener.counters.totalCalls).toBe(4);
  server.close();
});

test('behavior: several calls on one connection of HTTP/1.1, one after the other', async () => {
  await using service = await startRawService(echo);
  await using transport = await startTransport(service);

  const socket = connect(transport.listener.port, '127.0.0.1');
  const body = frameOf('hello');
  for (let count = 0; count < 3; count++) {
    const last = count === 2 ? 'connection: close\r\n' : '';
    socket.write(
      `POST /a.B/C HTTP/1.1\r\nhost: x\r\ncontent-type: application/grpc-web\r\n${last}content-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);

  expect(
    Buffer.concat(chunks)
      .toString('latin1')
      .match(/grpc-status: 0/g),
  ).toHaveLength(3);
  expect(transport.listener.counters.totalCalls).toBe(3);
});

test('behavior: a client that does not read holds the service back', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const socket = connect(transport.listener.port, '127.0.0.1');
  socket.write(
    'POST /a.B/C HTTP/1.1\r\nhost: x\r\ncontent-type: application/grpc-web\r\ncontent-length: 0\r\n\r\n',
  );
  const served = await service.next();
  let sent = 0;
  while (served.send(Buffer.alloc(64 * 1024)) || sent < 2 ** 20) {
    sent += 64 * 1024;
    if (sent > 64 * 2 ** 20) break;
    await new Promise(setImmediate);
  }

  expect(sent).toBeLessThan(64 * 2 ** 20);
  socket.destroy();
  await served.closed;
});
