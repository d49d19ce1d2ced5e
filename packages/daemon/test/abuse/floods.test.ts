import { afterAll, beforeAll, expect, test } from 'vitest';
import { callHead, connectFrames, type FrameClient, frame, frameType } from './frame-client.ts';
import { startVictim, type Victim } from './victim.ts';
import { withstand } from './withstand.ts';

let victim: Victim;

beforeAll(async () => {
  victim = await startVictim({ onCall: (call) => void call.read() });
});
afterAll(() => victim?.[Symbol.asyncDispose]());

/** Far more than any client has a reason to send. */
const many = 20_000_000;
const zero = Buffer.alloc(0);
const open = (options: { flags: number }) =>
  frame(frameType.headers, { ...options, stream: 1, payload: callHead() });

interface Flood {
  /** Sent once, before. */
  readonly start: Buffer;
  readonly frame: Buffer;
}

const floods: Record<string, Flood> = {
  WINDOW_UPDATE: {
    start: zero,
    frame: frame(frameType.windowUpdate, { payload: Buffer.from([0, 0, 0, 1]) }),
  },
  'WINDOW_UPDATE of a stream': {
    start: open({ flags: 4 }),
    frame: frame(frameType.windowUpdate, { stream: 1, payload: Buffer.from([0, 0, 0, 1]) }),
  },
  PRIORITY: {
    start: zero,
    frame: frame(frameType.priority, { stream: 3, payload: Buffer.from([0, 0, 0, 0, 16]) }),
  },
  SETTINGS: { start: zero, frame: frame(frameType.settings) },
  PING: { start: zero, frame: frame(frameType.ping, { payload: Buffer.alloc(8) }) },
  'PING answers that nobody asked for': {
    start: zero,
    frame: frame(frameType.ping, { flags: 1, payload: Buffer.alloc(8) }),
  },
  'empty DATA': { start: open({ flags: 4 }), frame: frame(frameType.data, { stream: 1 }) },
  'padding in DATA': {
    start: open({ flags: 4 }),
    frame: frame(frameType.data, {
      stream: 1,
      flags: 8,
      payload: Buffer.concat([Buffer.from([255]), Buffer.alloc(255)]),
    }),
  },
  CONTINUATION: {
    start: open({ flags: 0 }),
    frame: frame(frameType.continuation, { stream: 1, payload: Buffer.from([0, 1, 97, 1, 97]) }),
  },
  'empty CONTINUATION': {
    start: open({ flags: 0 }),
    frame: frame(frameType.continuation, { stream: 1 }),
  },
  'endless header block': {
    start: open({ flags: 0 }),
    frame: frame(frameType.continuation, {
      stream: 1,
      payload: Buffer.concat([Buffer.from([0, 1, 97, 127, 225, 124]), Buffer.alloc(16_000, 97)]),
    }),
  },
  'frames of no known type': { start: zero, frame: frame(0x77, { payload: Buffer.alloc(8) }) },
};

test.each(Object.entries(floods))(
  'behavior: a flood of %s ends the connection',
  async (_, flood) => {
    await withstand(victim, async (during) => {
      const client = await connectFrames(victim.port);
      client.write(flood.start);
      const sent = await client.flood(flood.frame, many);
      await during();
      expect(sent).toBeLessThan(many);
      await client.closed;
    });
  },
);

test.each(['SETTINGS', 'PING'])(
  'behavior: a flood of %s whose answers nobody reads',
  async (name) => {
    await withstand(victim, async (during) => {
      const client = await connectFrames(victim.port, { read: false });
      const sent = await client.flood((floods[name] as Flood).frame, many);
      await during();
      expect(sent).toBeLessThan(many);
      client.socket.resume();
      await client.closed;
    });
  },
);

test('behavior: a trickle of frames that mean nothing is no flood', async () => {
  await withstand(victim, async () => {
    const client = await connectFrames(victim.port);
    const { totalCalls } = (await victim.look()).counters;
    for (let count = 0; count < 100; count++) {
      client.write((floods['WINDOW_UPDATE'] as Flood).frame);
      client.write((floods['PING'] as Flood).frame);
      await new Promise(setImmediate);
    }
    client.write(open({ flags: 4 }));
    await expect
      .poll(async () => (await victim.look()).counters.totalCalls, { timeout: 30_000 })
      .toBeGreaterThan(totalCalls);
    expect(client.goAwayCode()).toBeUndefined();
    client.socket.destroy();
  });
});

/** Opens and resets streams until the other end has enough. */
async function resetRapidly(client: FrameClient, path: string): Promise<number> {
  const [head, code] = [callHead(path), Buffer.from([0, 0, 0, 8])];
  let streams = 0;
  for (; streams < 100_000 && !client.socket.destroyed; streams++) {
    const stream = 1 + 2 * streams;
    const isWritable = client.write(
      Buffer.concat([
        frame(frameType.headers, { flags: 5, stream, payload: head }),
        frame(frameType.reset, { stream, payload: code }),
      ]),
    );
    if (isWritable) continue;
    const drained = new Promise((resolve) => client.socket.once('drain', resolve));
    await Promise.race([client.closed, drained]);
  }
  return streams;
}

test.each(['/unpaid.Service/Call', '/paid.Service/Call', '/grpc.health.v1.Health/Check'])(
  'behavior: rapid reset of %s',
  async (path) => {
    await withstand(victim, async (during) => {
      const client = await connectFrames(victim.port);
      const { totalCalls } = (await victim.look()).counters;
      expect(await resetRapidly(client, path)).toBeLessThan(100_000);
      const { counters } = await during();
      // Each of them costs something: there must be few.
      expect(counters.totalCalls - totalCalls).toBeLessThan(20_000);
      await client.closed;
    });
  },
);

test('behavior: streams that end at once, without a reset, hold nothing', async () => {
  await withstand(victim, async (during) => {
    const client = await connectFrames(victim.port);
    const payload = callHead('/unpaid.Service/Call');
    for (let count = 0; count < 5_000; count++) {
      client.write(frame(frameType.headers, { flags: 5, stream: 1 + 2 * count, payload }));
      if (count % 100 === 0) await new Promise(setImmediate);
    }
    await during();
    client.socket.destroy();
  });
});
