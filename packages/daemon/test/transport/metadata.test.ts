import { expect, test } from 'vitest';
import type { CallHead } from '../../src/call/exchange.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

test('default: metadata goes to the service and comes back from it', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call('/a.Service/Method', {
    'x-text': 'a, b',
    'x-many': ['1', '2'],
    'x-bytes-bin': 'AAEC/w',
    'grpc-encoding': 'identity',
    'user-agent': 'client/1',
  });
  call.end('hello');
  const served = await service.next();
  served.respond({ 'x-initial': 'early', 'x-initial-bin': ['AAE', '/w=='] });
  served.send('hello');
  served.end({ 'grpc-status': '0', 'x-trailer': 'late', 'x-trailer-bin': 'AAEC' });

  expect({ ...served.headers }).toMatchObject({
    ':method': 'POST',
    ':path': '/a.Service/Method',
    ':authority': new URL(service.endpoint).host,
    te: 'trailers',
    'content-type': 'application/grpc+proto',
    'user-agent': 'snetd',
    'grpc-timeout': '100000m',
    'grpc-encoding': 'identity',
    'x-text': 'a, b',
    'x-many': '1, 2',
    'x-bytes-bin': 'AAEC/w',
  });
  // Sent one by one, not joined.
  expect(served.rawHeaders.filter((field) => field === 'x-many')).toHaveLength(2);
  expect({ ...(await call.headers) }).toMatchObject({
    ':status': 200,
    'content-type': 'application/grpc',
    'x-initial': 'early',
    'x-initial-bin': 'AAE, /w==',
  });
  const { fields, isTrailer } = await call.ended;
  expect(isTrailer).toBe(true);
  expect({ ...fields }).toEqual({
    'grpc-status': '0',
    'x-trailer': 'late',
    'x-trailer-bin': 'AAEC',
    ...symbols(fields),
  });
});

test('behavior: the call path sets and drops metadata', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, {
    onCall(exchange) {
      exchange.forward({
        set: { 'snet-user-address': '0xPayer', 'x-new': 'new' },
        drop: new Set(['snet-payment-channel-signature-bin']),
      });
      return exchange.done.then(() => {});
    },
  });

  transport.client.call('/a.Service/Method', {
    'snet-user-address': '0xImpostor',
    'snet-payment-channel-signature-bin': 'AAAA',
    'snet-payment-channel-id': '7',
  });
  const { headers } = await service.next();

  expect(headers['snet-user-address']).toBe('0xPayer');
  expect(headers['x-new']).toBe('new');
  expect(headers['snet-payment-channel-signature-bin']).toBeUndefined();
  expect(headers['snet-payment-channel-id']).toBe('7');
});

test('behavior: the call path sees repeated metadata as it came', async () => {
  await using service = await startRawService();
  const heads: CallHead[] = [];
  await using transport = await startTransport(service, {
    onCall(exchange) {
      heads.push(exchange.head);
      exchange.end({ code: 3, message: 'no' });
    },
  });

  const call = transport.client.call('/a.Service/Method', {
    'snet-payment-channel-id': ['1', '2'],
    'grpc-timeout': '5S',
  });
  await call.ended;

  const head = heads[0] as CallHead;
  expect(head.path).toBe('/a.Service/Method');
  expect(head.peer).toEqual({ address: '127.0.0.1' });
  expect(head.metadata['snet-payment-channel-id']).toEqual(['1', '2']);
  expect(Object.keys(head.metadata).filter((name) => name.startsWith(':'))).toEqual([]);
  expect((head.deadline ?? 0) - performance.now()).toBeGreaterThan(3000);
  expect((head.deadline ?? 0) - performance.now()).toBeLessThanOrEqual(5000);
});

test('behavior: the answer has the content-type of the request', async () => {
  await using service = await startRawService((call) => {
    call.send('hello');
    call.end();
  });
  await using transport = await startTransport(service);

  const call = transport.client.call('/a.Service/Method', {
    'content-type': 'application/grpc+json',
  });

  expect((await call.headers)['content-type']).toBe('application/grpc+json');
});

test('behavior: a status before any message is an answer of headers alone', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, {
    onCall: (exchange) => exchange.end({ code: 1000, message: 'näh: 100%\nno' }),
  });

  const call = transport.client.call();
  call.end('hello');

  const { status, message, isTrailer, fields, resetCode } = await call.ended;
  expect(status).toBe('1000');
  expect(message).toBe('n%C3%A4h: 100%25%0Ano');
  expect(isTrailer).toBe(false);
  expect(fields[':status']).toBe(200);
  expect(fields['content-type']).toBe('application/grpc');
  expect(resetCode).toBe(0);
});

test('behavior: a status of the service before any message, with its trailers', async () => {
  await using service = await startRawService((call) =>
    call.end({ 'grpc-status': '5', 'grpc-message': 'no caf%C3%A9', 'x-why': 'closed' }),
  );
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({
    status: '5',
    message: 'no caf%C3%A9',
    isTrailer: false,
    fields: { 'x-why': 'closed' },
  });
});

test('behavior: initial metadata before a status without message is kept apart from the trailers', async () => {
  await using service = await startRawService((call) => {
    call.respond({ 'x-initial': 'early' });
    call.end({ 'grpc-status': '0', 'x-trailer': 'late' });
  });
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');

  expect((await call.headers)['x-initial']).toBe('early');
  expect(await call.ended).toMatchObject({
    status: '0',
    isTrailer: true,
    fields: { 'x-trailer': 'late' },
  });
});

test('behavior: a refusal after the service has answered shows nothing of the answer', async () => {
  await using service = await startRawService((call) => {
    call.respond({ 'x-initial': 'early' });
    call.send('secret');
    call.end();
  });
  await using transport = await startTransport(service, {
    async onCall(exchange) {
      exchange.forward({ set: {}, drop: new Set() });
      expect(await exchange.response).toBe('message');
      exchange.end({ code: 13, message: 'unable to store new payment channel state' });
    },
  });

  const call = transport.client.call();
  call.end('hello');

  expect(await call.responses.next()).toBeUndefined();
  const { status, isTrailer, fields } = await call.ended;
  expect(status).toBe('13');
  expect(isTrailer).toBe(false);
  expect(fields['x-initial']).toBeUndefined();
});

function symbols(fields: object): object {
  return Object.fromEntries(
    Object.getOwnPropertySymbols(fields).map((name) => [name, (fields as never)[name]]),
  );
}
