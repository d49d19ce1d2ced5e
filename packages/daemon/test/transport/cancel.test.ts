import { once } from 'node:events';
import { constants } from 'node:http2';
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/call/exchange.ts';
import type { EndStatus } from '../../src/call/status.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

const { NGHTTP2_CANCEL: cancel } = constants;
const nothing = { set: {}, drop: new Set<string>() };

/** A call path that hands its exchange to the test. */
function capture(): { exchange: Promise<Exchange>; onCall: (exchange: Exchange) => Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  return {
    exchange: promise,
    onCall: async (exchange) => {
      resolve(exchange);
      if (!exchange.left.aborted) await once(exchange.left, 'abort');
    },
  };
}

test('behavior: a client that cancels before the first byte is noticed, and the service with it', async () => {
  await using service = await startRawService();
  const { exchange: arrived, onCall } = capture();
  await using transport = await startTransport(service, { onCall });

  const call = transport.client.call();
  call.send('hello');
  const exchange = await arrived;
  exchange.forward(nothing);
  const served = await service.next();
  call.stream.close(cancel);

  expect(await exchange.response).toBe('left');
  expect(await exchange.done).toBe('left');
  expect(exchange.left.aborted).toBe(true);
  expect(exchange.release()).toBe('gone');
  expect(await served.closed).toBe(cancel);
});

test('behavior: a client that cancels with the first message in hand does not get it', async () => {
  await using service = await startRawService();
  const { exchange: arrived, onCall } = capture();
  await using transport = await startTransport(service, { onCall });

  const call = transport.client.call();
  call.send('hello');
  const exchange = await arrived;
  exchange.forward(nothing);
  const served = await service.next();
  served.send('held');
  expect(await exchange.response).toBe('message');
  call.stream.close(cancel);
  await once(exchange.left, 'abort');

  expect(exchange.release()).toBe('gone');
  expect(await exchange.done).toBe('left');
  expect(await served.closed).toBe(cancel);
});

test('behavior: a client that cancels after the first message ends the stream of the service', async () => {
  await using service = await startRawService();
  const { exchange: arrived, onCall } = capture();
  await using transport = await startTransport(service, { onCall });

  const call = transport.client.call();
  call.send('hello');
  const exchange = await arrived;
  exchange.forward(nothing);
  const served = await service.next();
  served.send('first');
  await exchange.response;
  expect(exchange.release()).toBe('handed');
  expect(await call.responses.next()).toBe('first');
  call.stream.close(cancel);

  expect(await exchange.done).toBe('left');
  expect(await served.closed).toBe(cancel);
});

test('behavior: a client that disconnects is a client that left', async () => {
  await using service = await startRawService();
  const { exchange: arrived, onCall } = capture();
  await using transport = await startTransport(service, { onCall });

  transport.client.call().send('hello');
  const exchange = await arrived;
  exchange.forward(nothing);
  const served = await service.next();
  transport.client.session.destroy();

  expect(await exchange.response).toBe('left');
  expect(await served.closed).toBe(cancel);
});

test('behavior: that a client left is told to whoever asks later', async () => {
  await using service = await startRawService();
  const { promise: arrived, resolve } = Promise.withResolvers<Exchange>();
  const gate = Promise.withResolvers<void>();
  await using transport = await startTransport(service, {
    onCall(exchange) {
      resolve(exchange);
      return gate.promise;
    },
  });

  const call = transport.client.call();
  const exchange = await arrived;
  call.stream.close(cancel);
  // Its answer comes after the cancellation was seen.
  await new Promise((done) => transport.client.session.ping(done));

  expect(exchange.left.aborted).toBe(true);
  expect(await exchange.response).toBe('left');
  exchange.forward(nothing);
  expect(exchange.release()).toBe('gone');
  exchange.end({ code: 0, message: '' });
  gate.resolve();
  expect(service.totalSessions()).toBe(0);
});

test('behavior: the path of a call that ends early cancels the service', async () => {
  await using service = await startRawService();
  const { promise, resolve } = Promise.withResolvers<EndStatus | 'left' | 'message'>();
  await using transport = await startTransport(service, {
    onCall: async (exchange) => {
      exchange.forward(nothing);
      resolve(await exchange.response);
      exchange.end({ code: 13, message: 'fenced' });
    },
  });

  const call = transport.client.call();
  call.send('hello');
  const served = await service.next();
  served.send('first');

  expect(await promise).toBe('message');
  expect(await call.ended).toMatchObject({ status: '13', message: 'fenced', isTrailer: false });
  expect(await served.closed).toBe(cancel);
});

test('behavior: the deadline of the client passes on, and ends the call on both sides', async () => {
  await using service = await startRawService();
  const { exchange: arrived, onCall } = capture();
  await using transport = await startTransport(service, { onCall });

  const call = transport.client.call('/a.B/C', { 'grpc-timeout': '150m' });
  call.send('hello');
  const exchange = await arrived;
  exchange.forward(nothing);
  const served = await service.next();

  expect(served.headers['grpc-timeout']).toMatch(/^(\d{1,2}|1[0-4]\d|150)m$/);
  expect(await exchange.response).toBe('left');
  expect(exchange.left.aborted).toBe(true);
  expect(await call.ended).toMatchObject({ status: '4', message: 'context deadline exceeded' });
  expect(await served.closed).toBe(cancel);
});

test('behavior: a deadline after the first message comes as trailers', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call('/a.B/C', { 'grpc-timeout': '300m' });
  call.end('hello');
  const served = await service.next();
  served.send('first');

  expect(await call.responses.next()).toBe('first');
  expect(await call.ended).toMatchObject({
    status: '4',
    message: 'context deadline exceeded',
    isTrailer: true,
  });
  expect(await served.closed).toBe(cancel);
});

test('behavior: without a deadline of the client the time-out of the service counts', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { service: { serviceTimeoutMs: 150 } });

  const call = transport.client.call();
  call.end('hello');
  const served = await service.next();

  expect(served.headers['grpc-timeout']).toBe('150m');
  expect(await call.ended).toMatchObject({ status: '4', message: 'context deadline exceeded' });
  expect(await served.closed).toBe(cancel);
});

test('behavior: an exchange that its path forgot or that its path broke is answered', async () => {
  await using service = await startRawService();
  let count = 0;
  await using transport = await startTransport(service, {
    onCall() {
      if (count++ === 0) return;
      throw new RangeError('a bug');
    },
  });

  for (const expected of [[], [new RangeError('a bug')]]) {
    const call = transport.client.call();
    expect(await call.ended).toMatchObject({
      status: '13',
      message: 'internal error: the call was not answered',
    });
    expect(transport.faults).toEqual(expected);
  }
});
