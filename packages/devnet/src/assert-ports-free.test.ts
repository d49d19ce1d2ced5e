import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertPortsFree } from './assert-ports-free.ts';
import { findFreePort } from './find-free-port.ts';

const server = createServer();
let busy: number;

beforeAll(async () => {
  busy = await findFreePort();
  await new Promise<void>((resolve) => server.listen(busy, '127.0.0.1', resolve));
});

afterAll(() => void server.close());

test('default: ports that are free, and parts without one', async () => {
  await assertPortsFree({});
  await assertPortsFree({ chain: await findFreePort(), content: undefined, daemon: 0 });
});

test('error: a port that somebody has, and what to do', async () => {
  await expect(assertPortsFree({ service: busy })).rejects.toThrow(
    [
      `The service cannot listen on port ${busy}.`,
      `Place: service=${busy}`,
      'Expected: a port of 127.0.0.1 that is free',
      'Found: another program has it',
      'Fix: Give the service another port, or none for a free one, or end who has it.',
    ].join('\n'),
  );
});

test('error: one port for two parts', async () => {
  const port = await findFreePort();
  await expect(assertPortsFree({ chain: port, daemon: port })).rejects.toThrow(
    `The daemon cannot listen on port ${port}.\nPlace: daemon=${port}\nExpected: a port of 127.0.0.1 that is free\nFound: the chain of this network has it`,
  );
});
