import { once } from 'node:events';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { connectRawClient } from './raw-client.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

/** Says hello in HTTP/1.1 from an address of this machine. */
async function ask(port: number, localAddress: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  socket.destroy();
  return text === '' ? 'refused' : text.slice(9, 12);
}

test('default: an address that has enough connections gets no more until it closes one', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, {
    limits: { maxConnectionsPerAddress: 2 },
  });
  const { counters, endpoint, port } = transport.listener;
  const other = await connectRawClient(endpoint);
  expect(await ask(port, '127.0.0.1')).toBe('refused');
  expect(await ask(port, '127.0.0.2')).toBe('404');
  expect(counters).toMatchObject({ refusedConnections: 1 });
  await other[Symbol.asyncDispose]();
  await expect.poll(() => counters.sockets).toBe(1);
  expect(await ask(port, '127.0.0.1')).toBe('404');
});

test('behavior: the streams of all connections of an address count together', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { maxStreamsPerAddress: 3 } });
  await using other = await connectRawClient(transport.listener.endpoint);
  const calls = [transport.client, transport.client, other].map((client) => client.call());
  const [served] = await Promise.all(calls.map(() => service.next()));
  const refused = await other.call().ended;
  expect(refused.resetCode).toBe(constants.NGHTTP2_REFUSED_STREAM);
  expect(transport.listener.counters).toMatchObject({ streams: 3, refusedStreams: 1 });
  served?.end();
  await expect.poll(() => transport.listener.counters.streams).toBe(2);
  other.call();
  await service.next();
});

test('behavior: balancers have no cap', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, {
    limits: {
      maxConnectionsPerAddress: 1,
      maxStreamsPerAddress: 1,
      uncappedAddresses: [{ address: '127.0.0.1', prefix: 32, family: 'ipv4' }],
    },
  });
  expect(await ask(transport.listener.port, '127.0.0.1')).toBe('404');
  for (let count = 0; count < 5; count++) transport.client.call();
  for (let count = 0; count < 5; count++) await service.next();
});
