import { once } from 'node:events';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { resetStream } from '../../src/wire/reset-stream.ts';
import { connectRawClient } from './raw-client.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

/** The same numbers every time (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

test('behavior: calls that end in every way at every moment leave nothing behind', async () => {
  const random = createRandom(7);
  await using service = await startRawService(
    async (call) => {
      call.read();
      for (let turn = random(4); turn > 0; turn--) {
        await nextTurn();
        if (call.stream.destroyed) return;
        if (random(3) === 0) call.send(Buffer.alloc(random(70_000)));
      }
      if (call.stream.destroyed || call.stream.closed) return;
      if (random(4) === 0) resetStream(call.stream, random(14));
      else call.end({ 'grpc-status': `${random(3)}` });
    },
    { streamResetBurst: 100_000, streamResetRate: 100_000 },
  );
  await using transport = await startTransport(service, {
    limits: { maxMessageBytes: 60_000, streamWindowBytes: 64 * 1024 },
    service: { maxMessageBytes: 60_000, serviceTimeoutMs: 1000 },
  });

  const ends = new Map<string, number>();
  const one = async () => {
    const call = transport.client.call('/a.B/C', random(5) === 0 ? { 'grpc-timeout': '3m' } : {});
    for (let turn = random(4); turn > 0; turn--) {
      if (call.stream.destroyed) break;
      call.send(Buffer.alloc(random(70_000)));
      await nextTurn();
    }
    if (random(4) === 0) resetStream(call.stream, constants.NGHTTP2_CANCEL);
    else if (random(4) > 0 && !call.stream.destroyed) call.end();
    // A client stream that is answered while it writes would never be freed by node:http2.
    call.stream.once('end', () => setTimeout(() => call.stream.destroy(), 10));
    const { status = 'none' } = await call.ended;
    ends.set(status, (ends.get(status) ?? 0) + 1);
  };
  for (let round = 0; round < 40; round++) await Promise.all(Array.from({ length: 25 }, one));

  await vi.waitUntil(() => transport.upstream.counters.streams === 0);
  await vi.waitUntil(() => transport.listener.counters.streams === 0);
  expect(transport.listener.counters).toMatchObject({ calls: 0, sockets: 1, totalCalls: 1000 });
  expect(transport.faults).toEqual([]);
  // Every kind of end was among them.
  for (const status of ['none', '0', '1', '2', '4', '8'])
    expect(ends.get(status)).toBeGreaterThan(0);

  const last = transport.client.call();
  last.end('hello');
  expect((await last.ended).status).toMatch(/^\d+$/);
});

test('behavior: nonsense in the middle of a connection ends that connection alone', async () => {
  const random = createRandom(11);
  await using service = await startRawService((call) => call.read().end());
  await using transport = await startTransport(service);
  const { port } = transport.listener;
  const start = Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
  ]);

  for (let round = 0; round < 100; round++) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    const nonsense = Buffer.from(Array.from({ length: 9 + random(200) }, () => random(256)));
    // Short frames of known kinds get further than those that are refused for their length.
    nonsense.writeUIntBE(random(40), 0, 3);
    nonsense[3] = random(12);
    nonsense.writeUInt32BE(random(6), 5);
    socket.end(Buffer.concat([start, nonsense]));
    await once(socket, 'close');
  }

  await vi.waitUntil(() => transport.listener.counters.sockets === 1);
  expect(transport.listener.counters).toMatchObject({ sessions: 1, streams: 0, calls: 0 });
  const call = transport.client.call();
  call.end('hello');
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: header blocks over the limit do not become calls', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);
  await using other = await connectRawClient(transport.listener.endpoint);

  const call = other.call('/a.B/C', { 'snet-payment-channel-id': '1'.repeat(80_000) });
  call.end('hello');
  const { resetCode } = await call.ended;

  expect(resetCode).not.toBe(constants.NGHTTP2_NO_ERROR);
  expect(transport.listener.counters.totalCalls).toBe(0);
});
