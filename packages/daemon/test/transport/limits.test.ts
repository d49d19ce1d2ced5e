import { once } from 'node:events';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { encodeMessage } from './messages.ts';
import { connectRawClient } from './raw-client.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

test('default: a message over the limit is refused when its length is known', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.stream.write(Buffer.from([0, 0x00, 0x40, 0x00, 0x01]));

  expect(await call.ended).toMatchObject({
    status: '8',
    message: 'grpc: received message larger than max (4194305 vs. 4194304)',
    isTrailer: false,
    resetCode: constants.NGHTTP2_NO_ERROR,
  });
});

test('behavior: a message of exactly the limit passes, a longer one after it does not', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { maxMessageBytes: 100 } });

  const call = transport.client.call();
  call.send(Buffer.alloc(100));
  const served = (await service.next()).read();
  expect((await served.requests.nextBytes())?.length).toBe(100);
  served.send('fine');
  expect(await call.responses.next()).toBe('fine');
  call.send(Buffer.alloc(101));

  expect(await call.ended).toMatchObject({
    status: '8',
    message: 'grpc: received message larger than max (101 vs. 100)',
    isTrailer: true,
  });
  expect(await served.closed).toBe(constants.NGHTTP2_CANCEL);
});

test('behavior: the service may not send longer messages, either', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { service: { maxMessageBytes: 100 } });

  const call = transport.client.call();
  call.end('hello');
  const served = await service.next();
  served.send(Buffer.alloc(101));

  expect(await call.ended).toMatchObject({
    status: '8',
    message: 'grpc: received message larger than max (101 vs. 100)',
  });
  expect(await served.closed).toBe(constants.NGHTTP2_CANCEL);
});

test('error: content types that are no gRPC', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const types = ['application/json', 'application/grpcish', ''];
  for (const type of types) {
    const call = transport.client.call('/a.B/C', { 'content-type': type });
    call.send('hello');
    expect((await call.headers)[':status']).toBe(415);
    expect(await call.ended).toMatchObject({
      status: '3',
      message: `invalid gRPC request content-type "${type}"`,
    });
  }
  expect(transport.listener.counters).toMatchObject({ totalCalls: 0, refusedStreams: 3 });
});

test('error: methods other than POST', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call('/a.B/C', { ':method': 'GET' });
  call.end();

  expect((await call.headers)[':status']).toBe(405);
  expect(await call.ended).toMatchObject({
    status: '13',
    message: 'Received a HEADERS frame with :method "GET" which should be POST',
  });
});

test('error: a malformed deadline', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call('/a.B/C', { 'grpc-timeout': 'soon' });
  call.end('hello');

  expect((await call.headers)[':status']).toBe(400);
  expect(await call.ended).toMatchObject({
    status: '13',
    message: 'malformed grpc-timeout: "soon"',
  });
});

test('error: more streams than a connection may have', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { maxStreamsPerConnection: 2 } });
  // Asked to keep to the limit before its first call.
  await new Promise((done) => transport.client.session.ping(done));
  expect(transport.client.session.remoteSettings.maxConcurrentStreams).toBe(2);

  const calls = Array.from({ length: 3 }, () => transport.client.call());
  for (const call of calls) call.end('hello');
  const first = await service.next();
  await service.next();
  expect(transport.listener.counters.streams).toBe(2);
  first.end();
  (await service.next()).end();

  expect(await calls[0]?.ended).toMatchObject({ status: '0' });
  expect(await calls[2]?.ended).toMatchObject({ status: '0' });
});

test('error: more connections than allowed', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { maxConnections: 1 } });
  const { port } = transport.listener;
  await new Promise((done) => transport.client.session.ping(done));

  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'close');

  expect(transport.listener.counters.sockets).toBe(1);
});

test('behavior: a client that never reads its answer is given up some time after its status', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { lingerMs: 100 } });
  await using stuck = await connectRawClient(transport.listener.endpoint, {
    settings: { initialWindowSize: 10 },
  });

  const call = stuck.call('/a.B/C', {}, { read: false });
  call.end('hello');
  const served = await service.next();
  served.send(Buffer.alloc(1000));
  served.end();

  const { status, resetCode } = await call.ended;
  expect([status, resetCode]).toEqual([undefined, constants.NGHTTP2_CANCEL]);
});

test('behavior: the limit is that of a message, not of what is sent in one go', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { maxMessageBytes: 10 } });

  const call = transport.client.call();
  call.stream.end(Buffer.concat(Array.from({ length: 50 }, () => encodeMessage('0123456789'))));
  const served = (await service.next()).read();
  for (let count = 0; count < 50; count++) {
    expect(await served.requests.next()).toBe('0123456789');
  }
  served.end();

  expect(await call.ended).toMatchObject({ status: '0' });
});
