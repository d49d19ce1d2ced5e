import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeMessage } from '../transport/messages.ts';
import { connectRawClient } from '../transport/raw-client.ts';
import { attackers } from './attackers.ts';
import { callHead, connectFrames, frame, frameType, integer, setting } from './frame-client.ts';
import { startVictim, type Victim } from './victim.ts';
import { withstand } from './withstand.ts';

let victim: Victim;

beforeAll(async () => {
  victim = await startVictim({
    limits: { firstBytesMs: 2_000, idleMs: 3_000 },
    onCall: (call) => void call.read(),
  });
});
afterAll(() => victim?.[Symbol.asyncDispose]());

const patience = { timeout: 25_000, interval: 100 };

test('behavior: giant messages are refused by their length', async () => {
  await withstand(victim, async (during) => {
    await using client = await connectRawClient(victim.endpoint);
    for (let count = 0; count < 200; count++) {
      const call = client.call('/paid.Service/Call');
      call.stream.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]));
      call.stream.write(Buffer.alloc(256 * 1024));
      expect(await call.ended).toMatchObject({
        status: '8',
        message: 'grpc: received message larger than max (4294967295 vs. 4194304)',
      });
    }
    await during();
  });
});

test('behavior: messages to own services that grow when they are unpacked', async () => {
  // 64 MiB of nothing, in 64 KiB.
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20));
  const message = encodeMessage(bomb);
  message[0] = 1;
  await withstand(victim, async (during) => {
    await using client = await connectRawClient(victim.endpoint);
    for (let round = 0; round < 5; round++) {
      const calls = Array.from({ length: 20 }, () => {
        const call = client.call('/grpc.health.v1.Health/Check', { 'grpc-encoding': 'gzip' });
        call.stream.end(message);
        return call;
      });
      for (const call of calls) expect((await call.ended).status).toBe('8');
      await during();
    }
  });
});

test('behavior: header blocks that grow when they are unpacked (HPACK bomb)', async () => {
  // One field of 4,000 bytes in the dynamic table, and thousands of references to it.
  const field = [Buffer.from([0x40]), integer(1, 7), Buffer.from('a'), integer(4_000, 7)];
  const bomb = Buffer.concat([
    callHead(),
    ...field,
    Buffer.alloc(4_000, 98),
    Buffer.alloc(8_000, 0xbe),
  ]);
  await withstand(victim, async (during) => {
    for (let round = 0; round < 20; round++) {
      const client = await connectFrames(victim.port);
      const { totalCalls } = (await victim.look()).counters;
      for (let stream = 1; stream < 40; stream += 2) {
        client.write(frame(frameType.headers, { flags: 4, stream, payload: bomb }));
      }
      const { counters } = await during();
      // None of them is a call, beside the neighbour's.
      expect(counters.totalCalls - totalCalls).toBeLessThan(counters.totalCalls);
      client.socket.destroy();
    }
  });
});

const invalid: Record<string, Buffer> = {
  'DATA of no stream': frame(frameType.data, { payload: Buffer.alloc(10) }),
  'HEADERS of no stream': frame(frameType.headers, { flags: 4, payload: callHead() }),
  'HEADERS of a stream with an even number': frame(frameType.headers, {
    ...{ flags: 4, stream: 2, payload: callHead() },
  }),
  'a PING of seven bytes': frame(frameType.ping, { payload: Buffer.alloc(7) }),
  'SETTINGS of five bytes': frame(frameType.settings, { payload: Buffer.alloc(5) }),
  'SETTINGS of a stream': frame(frameType.settings, { stream: 1 }),
  'a window beyond what there is': frame(frameType.settings, { payload: setting(4, 2 ** 32 - 1) }),
  'a window that grows by nothing': frame(frameType.windowUpdate, { payload: Buffer.alloc(4) }),
  'RST_STREAM of a stream that never was': frame(frameType.reset, {
    ...{ stream: 99, payload: Buffer.alloc(4) },
  }),
  'CONTINUATION of nothing': frame(frameType.continuation, { stream: 1, payload: Buffer.alloc(4) }),
  'PUSH_PROMISE of a client': frame(5, { flags: 4, stream: 1, payload: Buffer.alloc(4) }),
  'a frame longer than allowed': frame(frameType.data, {
    ...{ stream: 1, payload: Buffer.alloc(20_000) },
  }),
  'padding longer than its frame': Buffer.concat([
    frame(frameType.headers, { flags: 4, stream: 1, payload: callHead() }),
    frame(frameType.data, { flags: 8, stream: 1, payload: Buffer.from([200, 1]) }),
  ]),
  'a header block that is none': frame(frameType.headers, {
    ...{ flags: 4, stream: 1, payload: Buffer.alloc(100, 0xff) },
  }),
  'garbage after the preface': Buffer.alloc(1_000, 0xfe),
};

test.each(Object.entries(invalid))('error: %s', async (_, bytes) => {
  await withstand(victim, async () => {
    for (let count = 0; count < 20; count++) {
      const client = await connectFrames(victim.port);
      client.write(bytes);
      await client.closed;
    }
  });
});

test('error: garbage instead of a preface', async () => {
  await withstand(victim, async () => {
    for (let count = 0; count < 20; count++) {
      const socket = connect(victim.port, '127.0.0.1');
      attackers.add(socket);
      socket.on('error', () => {});
      socket.resume();
      socket.write(Buffer.alloc(1_000, 0xfe));
      await once(socket, 'close');
    }
  });
});

test('behavior: headers of HTTP/1.1 without an end', async () => {
  await withstand(victim, async (during) => {
    const socket = connect(victim.port, '127.0.0.1');
    attackers.add(socket);
    socket.on('error', () => {});
    const answers: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => answers.push(chunk));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('GET / HTTP/1.1\r\n');
    for (let count = 0; count < 100 && socket.writable; count++) {
      socket.write(`x-${count}: ${'y'.repeat(1_000)}\r\n`);
    }
    await closed;
    await during();
    expect(Buffer.concat(answers).toString()).toMatch(/^HTTP\/1\.1 431 /);
  });
});

test('behavior: floods of requests on one connection of HTTP/1.1', async () => {
  await withstand(victim, async (during) => {
    const socket = connect(victim.port, '127.0.0.1');
    attackers.add(socket);
    socket.on('error', () => {});
    // Nobody reads the answers.
    socket.pause();
    const many = 'GET /heartbeat HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(1_000);
    let isTaken = true;
    for (let count = 0; count < 500 && isTaken; count++) {
      if (socket.write(many)) continue;
      const drained = new Promise<boolean>((resolve) => socket.once('drain', () => resolve(true)));
      const stuck = new Promise<boolean>((resolve) => setTimeout(resolve, 300, false));
      isTaken = await Promise.race([drained, stuck]);
    }
    await during();
    expect(isTaken).toBe(false);
    await expect.poll(async () => (await during()).counters.sockets, patience).toBeGreaterThan(0);
  });
});
