import { constants } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

const help =
  '%0AAbout error & possible fixes: https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/#_1';

test('behavior: a failure before the first message is passed on', async () => {
  await using service = await startRawService((call) => {
    call.respond();
    call.end({ 'grpc-status': '7', 'grpc-message': 'not you' });
  });
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({ status: '7', message: 'not you', isTrailer: true });
});

test('behavior: a failure after the first message follows the messages', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');
  const served = await service.next();
  served.send('first');
  expect(await call.responses.next()).toBe('first');
  served.end({ 'grpc-status': '8', 'grpc-message': 'tired' });

  expect(await call.responses.next()).toBeUndefined();
  expect(await call.ended).toMatchObject({ status: '8', message: 'tired', isTrailer: true });
});

test('behavior: OK without a message', async () => {
  await using service = await startRawService((call) => call.end());
  await using transport = await startTransport(service, {
    async onCall(exchange) {
      exchange.forward({ set: {}, drop: new Set() });
      const end = await exchange.response;
      expect(end).toMatchObject({ code: 0, message: '' });
      expect(exchange.ended).toBe(end);
      if (end !== 'message' && end !== 'left') exchange.end(end);
    },
  });

  const call = transport.client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({ status: '0', resetCode: 0 });
  expect(transport.faults).toEqual([]);
});

test('error: the service is down', async () => {
  const service = await startRawService();
  await service.stop();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({
    status: '13',
    message: `can't connect to service connect ECONNREFUSED 127.0.0.1:${service.port}${help}`,
  });
});

test('behavior: a service that comes back is found again', async () => {
  const service = await startRawService((call) => call.end());
  await using transport = await startTransport(service);
  const first = transport.client.call();
  first.end('hello');
  expect(await first.ended).toMatchObject({ status: '0' });

  await service.stop();
  const second = transport.client.call();
  second.end('hello');
  expect((await second.ended).status).toMatch(/^1[34]$/);

  await using again = await startRawService((call) => call.end(), { port: service.port });
  const third = transport.client.call();
  third.end('hello');
  expect(await third.ended).toMatchObject({ status: '0' });
  expect(again.totalSessions()).toBe(1);
});

test('behavior: calls wait for a full session when no other can be had', async () => {
  await using service = await startRawService(undefined, {
    settings: { maxConcurrentStreams: 1 },
  });
  await using transport = await startTransport(service);
  const first = transport.client.call();
  first.end('hello');
  const served = await service.next();
  service.refuse();

  const second = transport.client.call();
  second.end('hello');
  await vi.waitUntil(() => transport.upstream.counters.connectFailures === 1);
  served.end();
  (await service.next()).end();

  expect(await first.ended).toMatchObject({ status: '0' });
  expect(await second.ended).toMatchObject({ status: '0' });
  expect(service.totalSessions()).toBe(1);
});

test('error: something that accepts and never answers', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await using transport = await startTransport(
    { endpoint: `http://127.0.0.1:${port}` },
    { service: { connectTimeoutMs: 100 } },
  );

  const call = transport.client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({
    status: '13',
    message: `can't connect to service no HTTP/2 session with 127.0.0.1:${port} within 100 ms${help}`,
  });
  server.close();
});

test('behavior: the deadline of the connection is over when it is made', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { service: { connectTimeoutMs: 100 } });

  const call = transport.client.call();
  call.end('hello');
  const served = await service.next();
  setTimeout(() => served.end(), 200);

  expect(await call.ended).toMatchObject({ status: '0' });
});

test('error: something that is no HTTP/2', async () => {
  const server = createServer((socket) => socket.end('220 mail.example\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await using transport = await startTransport({ endpoint: `http://127.0.0.1:${port}` });

  const call = transport.client.call();
  call.end('hello');

  const { status, message } = await call.ended;
  expect(status).toBe('13');
  expect(message).toMatch(/^can't connect to service /);
  server.close();
});

test('error: a service that dies in the middle', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const [before, after] = [transport.client.call(), transport.client.call()];
  before.end('hello');
  await service.next();
  after.end('hello');
  const served = await service.next();
  served.send('first');
  expect(await after.responses.next()).toBe('first');
  service.cut();

  expect(await before.ended).toMatchObject({ status: '14', isTrailer: false });
  const { status, message, isTrailer } = await after.ended;
  expect([status, isTrailer]).toEqual(['14', true]);
  expect(message).toMatch(/^error reading from server: /);
});

test('error: streams that the service resets', async () => {
  const codes = [
    [constants.NGHTTP2_NO_ERROR, '13', 'NO_ERROR'],
    [constants.NGHTTP2_CANCEL, '1', 'CANCEL'],
    [constants.NGHTTP2_REFUSED_STREAM, '14', 'REFUSED_STREAM'],
    [constants.NGHTTP2_INTERNAL_ERROR, '13', 'INTERNAL_ERROR'],
    [constants.NGHTTP2_ENHANCE_YOUR_CALM, '8', 'ENHANCE_YOUR_CALM'],
  ] as const;
  await using service = await startRawService();
  await using transport = await startTransport(service);

  for (const [code, status, name] of codes) {
    const call = transport.client.call();
    call.send('hello');
    (await service.next()).stream.close(code);
    expect(await call.ended).toMatchObject({
      status,
      message: `stream terminated by RST_STREAM with error code: ${name}`,
    });
  }
});

test('behavior: calls go on over a new session when the service says goodbye', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const running = transport.client.call();
  running.send('hello');
  const served = await service.next();
  served.send('first');
  expect(await running.responses.next()).toBe('first');
  const [old] = service.sessions;
  old?.close();
  // The next message comes after the GOAWAY on the same connection.
  served.send('second');
  expect(await running.responses.next()).toBe('second');

  const next = transport.client.call();
  next.end('hello');
  (await service.next()).end();
  expect(await next.ended).toMatchObject({ status: '0' });
  expect(service.totalSessions()).toBe(2);
  served.end();
  expect(await running.ended).toMatchObject({ status: '0' });
});

test('error: an answer that is no gRPC', async () => {
  const answers = [
    [
      { ':status': 404, 'content-type': 'text/html' },
      '12',
      'unexpected HTTP status code received from server: 404 (Not Found); transport: received unexpected content-type "text/html"',
    ],
    [
      { ':status': 503 },
      '14',
      'unexpected HTTP status code received from server: 503 (Service Unavailable); malformed header: missing HTTP content-type',
    ],
    [
      { ':status': 200, 'content-type': 'application/json' },
      '2',
      'transport: received unexpected content-type "application/json"',
    ],
  ] as const;
  await using service = await startRawService();
  await using transport = await startTransport(service);

  for (const [headers, status, message] of answers) {
    const call = transport.client.call();
    call.end('hello');
    const { stream } = await service.next();
    stream.respond(headers);
    stream.end('<html>');
    expect(await call.ended).toMatchObject({ status, message });
  }
});

test('error: an answer without a status', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  for (const body of ['', 'x']) {
    const call = transport.client.call();
    call.end('hello');
    const { stream } = await service.next();
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    stream.end(body);
    expect(await call.ended).toMatchObject({
      status: '13',
      message: 'server closed the stream without sending trailers',
    });
  }
});

test('error: an answer with a status that is no number', async () => {
  await using service = await startRawService((call) => call.end({ 'grpc-status': 'fine' }));
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({
    status: '2',
    message: 'malformed grpc-status: "fine"',
  });
});
