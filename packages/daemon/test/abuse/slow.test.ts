import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeMessage } from '../transport/messages.ts';
import { attackers } from './attackers.ts';
import { callHead, connectFrames, frame, frameType, setting } from './frame-client.ts';
import { openStreams } from './open-streams.ts';
import { startVictim, type Victim } from './victim.ts';
import { withstand } from './withstand.ts';

let victim: Victim;
const mebibyte = 2 ** 20;

beforeAll(async () => {
  victim = await startVictim({
    // What takes minutes outside takes a second here.
    limits: {
      firstBytesMs: 800,
      requestMs: 800,
      keepAliveMs: 3_000,
      lingerMs: 800,
      stallMs: 1_500,
      idleMs: 3_000,
      maxHeldBytes: 24 * mebibyte,
    },
    onCall(call) {
      const path = call.headers[':path'];
      if (path === '/large.Service/Call') {
        call.read();
        for (let count = 0; count < 3; count++) call.send(Buffer.alloc(mebibyte));
        call.end();
      } else if (path === '/reading.Service/Call') call.read();
    },
  });
});
afterAll(() => victim?.[Symbol.asyncDispose]());

const [connections, patience] = [50, { timeout: 25_000, interval: 100 }];

async function openMany(count: number, begin: (socket: Socket, at: number) => void) {
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const socket = connect(victim.port, '127.0.0.1');
      attackers.add(socket);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.resume();
      begin(socket, at);
      return socket;
    }),
  );
  return sockets;
}

/** Sends a text byte by byte, as long as anybody listens. */
function trickle(socket: Socket, text: string | Buffer): void {
  let at = 0;
  const bytes = Buffer.from(text as string);
  const timer = setInterval(() => {
    if (socket.destroyed || !socket.writable) clearInterval(timer);
    else socket.write(bytes.subarray(at % bytes.length, (at++ % bytes.length) + 1));
  }, 100);
  socket.once('close', () => clearInterval(timer));
}

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const greeting = Buffer.concat([Buffer.from(preface), frame(frameType.settings)]);

const slowStarts: Record<string, (socket: Socket) => void> = {
  'say nothing': () => {},
  'stop in the preface': (socket) => void socket.write(preface.slice(0, 10)),
  'take their time for the preface': (socket) => trickle(socket, preface.padEnd(1_000, ' ')),
  'never greet after the preface': (socket) => void socket.write(preface),
  'say nothing after the greeting and answer nothing': (socket) => {
    socket.write(greeting);
    socket.pause();
  },
  'stop in a header block': (socket) => {
    socket.write(greeting);
    socket.write(frame(frameType.headers, { stream: 1, payload: callHead() }));
  },
  'take their time for a header block': (socket) => {
    socket.write(greeting);
    const head = frame(frameType.headers, {
      flags: 4,
      stream: 1,
      payload: callHead('/paid.Service/Call', { x: 'y'.repeat(5_000) }),
    });
    trickle(socket, head);
  },
  'stop in a header of HTTP/1.1': (socket) => void socket.write('GET / HTTP/1.1\r\nhost: '),
  'take their time for a header of HTTP/1.1': (socket) => {
    socket.write('GET / HTTP/1.1\r\n');
    trickle(socket, 'x: y\r\n');
  },
  'stop in a request of HTTP/1.1 to an own service': (socket) => {
    socket.write('POST /grpc.health.v1.Health/Check HTTP/1.1\r\nhost: x\r\n');
    socket.write('content-type: application/json\r\ncontent-length: 100\r\n\r\n{');
  },
  'use their connection for nothing': (socket) => {
    socket.write(greeting);
    socket.on('data', (chunk: Buffer) => {
      // Answers every PING, as an honest idle client does.
      if (chunk[3] !== frameType.ping) return;
      socket.write(frame(frameType.ping, { flags: 1, payload: chunk.subarray(9, 17) }));
    });
  },
};

test.each(Object.entries(slowStarts))(
  'behavior: connections that %s are closed',
  async (_, begin) => {
    await withstand(victim, async (during) => {
      const sockets = await openMany(connections, begin);
      await during();
      // Those that do not read never see the end.
      await expect
        .poll(async () => (await victim.look()).counters.sockets, patience)
        .toBeLessThan(2);
      for (const socket of sockets) socket.destroy();
    });
  },
);

describe('streams', () => {
  test('behavior: idle streams to own services are cut', async () => {
    await withstand(victim, async (during) => {
      const path = '/grpc.health.v1.Health/Check';
      const streams = await openStreams(victim, { connections: 5, streams: 100, path, flags: 4 });
      const { totalOwnRequests } = (await victim.look()).counters;
      await expect
        .poll(async () => (await during()).counters.totalOwnRequests - totalOwnRequests, patience)
        .toBeLessThanOrEqual(500);
      await expect.poll(async () => (await during()).counters.streams, patience).toBeLessThan(2);
      streams.destroy();
    });
  });

  test('behavior: requests held open end with their clients', async () => {
    await withstand(victim, async (during) => {
      const body = encodeMessage(Buffer.alloc(1_000)).subarray(0, 500);
      const path = '/reading.Service/Call';
      const streams = await openStreams(victim, {
        connections: 2,
        streams: 500,
        path,
        flags: 4,
        body,
      });
      await expect
        .poll(async () => (await during()).counters.streams, patience)
        .toBeGreaterThanOrEqual(1_000);
      streams.destroy();
    });
  });

  test('behavior: a hundred answers of three MiB behind a zero window are given up', async () => {
    await withstand(victim, async (during) => {
      const { cutCalls } = (await victim.look()).counters;
      const path = '/large.Service/Call';
      const settings = setting(4, 0);
      const streams = await openStreams(victim, {
        connections: 1,
        streams: 100,
        path,
        flags: 5,
        settings,
      });
      await expect
        .poll(async () => (await during()).counters.cutCalls - cutCalls, patience)
        .toBeGreaterThanOrEqual(99);
      streams.destroy();
    });
  });

  test('behavior: readers that take a byte at a time', async () => {
    await withstand(victim, async (during) => {
      const client = await connectFrames(victim.port, { settings: setting(4, 1) });
      const payload = callHead('/large.Service/Call');
      client.write(frame(frameType.headers, { flags: 5, stream: 1, payload }));
      const more = frame(frameType.windowUpdate, { stream: 1, payload: Buffer.from([0, 0, 0, 1]) });
      const timer = setInterval(() => client.write(more), 20);
      await expect.poll(async () => (await during()).counters.streams, patience).toBeGreaterThan(0);
      await expect.poll(() => client.receivedBytes(), patience).toBeGreaterThan(10);
      // For as long as there is no drain in between, it counts as not read at all.
      await expect.poll(() => client.resets.size, patience).toBe(1);
      clearInterval(timer);
      client.socket.destroy();
    });
  });

  test('behavior: connections that are not read at all', async () => {
    await withstand(victim, async (during) => {
      const clients = [];
      for (let at = 0; at < 20; at++) {
        const client = await connectFrames(victim.port, {
          read: false,
          settings: setting(4, 2 ** 31 - 1),
        });
        client.socket.pause();
        const payload = callHead('/large.Service/Call');
        for (let stream = 1; stream < 20; stream += 2) {
          client.write(frame(frameType.headers, { flags: 5, stream, payload }));
        }
        clients.push(client);
      }
      await during();
      await expect.poll(async () => (await during()).counters.sockets, patience).toBeLessThan(2);
      for (const { socket } of clients) socket.destroy();
    });
  });

  test('behavior: writers to a service that does not read wait, and what waits is bounded', async () => {
    await withstand(victim, async (during) => {
      const clients = [];
      const payload = callHead('/deaf.Service/Call');
      const body = Buffer.alloc(16_384);
      // One message, longer than what follows.
      body.writeUInt32BE(2 ** 20, 1);
      for (let at = 0; at < 4; at++) {
        const client = await connectFrames(victim.port);
        await client.widened;
        for (let stream = 1; stream < 40; stream += 2) {
          client.write(frame(frameType.headers, { flags: 4, stream, payload }));
          for (let count = 0; count < 31; count++) {
            const piece = count === 0 ? body : Buffer.alloc(body.length);
            client.write(frame(frameType.data, { stream, payload: piece }));
          }
          await new Promise(setImmediate);
        }
        clients.push(client);
      }
      await expect
        .poll(async () => (await during()).counters.cutCalls, patience)
        .toBeGreaterThan(0);
      for (const { socket } of clients) socket.destroy();
    });
  });
});
