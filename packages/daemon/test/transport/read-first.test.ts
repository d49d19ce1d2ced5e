import { expect, test } from 'vitest';
import type { Exchange } from '../../src/call/exchange.ts';
import type { EndStatus } from '../../src/call/status.ts';
import { encodeMessage } from './messages.ts';
import { startRawService } from './raw-service.ts';
import { passThrough, startTransport } from './start-transport.ts';

/** Reads the first message before the call is forwarded. */
function readAhead() {
  const first = Promise.withResolvers<Uint8Array | 'left' | EndStatus>();
  const onCall = async (exchange: Exchange) => {
    const read = await exchange.readFirst();
    first.resolve(read);
    if (typeof read === 'string') return exchange.end({ code: 1, message: 'the client left' });
    if ('code' in read) return exchange.end(read);
    return passThrough(exchange);
  };
  return { first: first.promise, onCall };
}

const echo = () =>
  startRawService(async (call) => {
    call.read();
    for (let next = await call.requests.nextBytes(); next; next = await call.requests.nextBytes()) {
      call.send(next);
    }
    call.end();
  });

test('default: the first message is read, and everything goes on to the service', async () => {
  await using service = await echo();
  const { first, onCall } = readAhead();
  await using transport = await startTransport(service, { onCall });
  const call = transport.client.call();
  const bytes = encodeMessage('first');
  call.stream.write(bytes.subarray(0, 3));
  call.stream.write(bytes.subarray(3));
  expect(await first).toEqual(bytes);
  expect(await call.responses.next()).toBe('first');
  call.end('second');
  expect(await call.responses.next()).toBe('second');
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: a large first message, with more behind it', async () => {
  await using service = await echo();
  const { first, onCall } = readAhead();
  await using transport = await startTransport(service, { onCall });
  const call = transport.client.call();
  const large = Buffer.alloc(3_000_000, 7);
  call.send(large);
  call.end('behind');
  expect(((await first) as Uint8Array).length).toBe(large.length + 5);
  expect((await call.responses.nextBytes())?.equals(large)).toBe(true);
  expect(await call.responses.next()).toBe('behind');
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('error: a request without a message', async () => {
  await using service = await echo();
  const { onCall } = readAhead();
  await using transport = await startTransport(service, { onCall });
  const call = transport.client.call();
  call.end();
  expect(await call.ended).toMatchObject({ status: '2', message: 'EOF' });
});

test('error: a request that ended without a message before anybody read it', async () => {
  await using service = await startRawService((call) => {
    call.read().stream.once('end', () => call.end({ 'grpc-status': '3' }));
  });
  const read = Promise.withResolvers<void>();
  const onCall = async (exchange: Exchange) => {
    await read.promise;
    return exchange.head.path === '/a.B/First'
      ? readAhead().onCall(exchange)
      : passThrough(exchange);
  };
  await using transport = await startTransport(service, { onCall });
  const calls = ['/a.B/First', '/a.B/PassThrough'].map((path) => transport.client.call(path));
  for (const call of calls) call.end();
  // An answer to a ping comes after all that was sent before it has been read.
  await new Promise<void>((resolve) => transport.client.session.ping(() => resolve()));
  await new Promise(setImmediate);
  read.resolve();
  expect(await calls[0]?.ended).toMatchObject({ status: '2', message: 'EOF' });
  expect(await calls[1]?.ended).toMatchObject({ status: '3' });
});

test('error: a first message over the limit is refused when its length is known', async () => {
  await using service = await echo();
  const { onCall } = readAhead();
  await using transport = await startTransport(service, {
    onCall,
    limits: { maxMessageBytes: 10 },
  });
  const call = transport.client.call();
  call.stream.write(encodeMessage(Buffer.alloc(11)).subarray(0, 5));
  expect(await call.ended).toMatchObject({
    status: '8',
    message: 'grpc: received message larger than max (11 vs. 10)',
  });
});

test('behavior: a client that leaves before its first message', async () => {
  await using service = await echo();
  const { first, onCall } = readAhead();
  await using transport = await startTransport(service, { onCall });
  const call = transport.client.call('/test.Service/Call', { 'grpc-timeout': '200m' });
  expect(await first).toBe('left');
  expect(await call.ended).toMatchObject({ status: '4' });
});
