import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { encodeMessage } from './messages.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

const mebibyte = 1024 * 1024;
const streamWindowBytes = 128 * 1024;
// What the ends themselves may hold: the windows and stream buffers of client, daemon and service.
const mostBytes = 2 * mebibyte;
const totalBytes = 64 * mebibyte;
const message = encodeMessage(Buffer.alloc(64 * 1024 - 5));

/** Writes until the total is reached, as fast as the other end allows; tells how far it came. */
function pour(stream: NodeJS.WritableStream & { destroyed?: boolean }): {
  written: () => number;
  whole: Promise<void>;
} {
  let written = 0;
  const whole = (async () => {
    while (written < totalBytes) {
      written += message.length;
      if (!stream.write(message)) await once(stream, 'drain');
    }
  })();
  return { written: () => written, whole };
}

/** Waits until a number has not changed for a while of real turns. */
async function settled(value: () => number): Promise<number> {
  let last = -1;
  for (let same = 0; same < 300; same = value() === last ? same + 1 : 0) {
    last = value();
    await nextTurn();
    await new Promise((done) => setTimeout(done, 1));
  }
  return last;
}

test('behavior: a client that does not read stops the service', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { service: { streamWindowBytes } });

  const call = transport.client.call('/a.B/C', {}, { read: false });
  call.end('hello');
  const served = await service.next();
  served.send('first');
  await call.headers;
  const { written, whole } = pour(served.stream);
  const before = await settled(written);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(mostBytes);

  let read = 0;
  call.stream.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  await whole;
  served.end();
  expect(await call.ended).toMatchObject({ status: '0' });
  expect(read).toBe(totalBytes + encodeMessage('first').length);
});

test('behavior: a service that does not read stops the client', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits: { streamWindowBytes } });

  const call = transport.client.call();
  const { written, whole } = pour(call.stream);
  const served = await service.next();
  const before = await settled(written);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(mostBytes);

  let read = 0;
  served.stream.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  await whole;
  call.end();
  await once(served.stream, 'end');
  served.end();
  expect(await call.ended).toMatchObject({ status: '0' });
  expect(read).toBe(totalBytes);
});

test('behavior: an answer that nobody releases stops the service', async () => {
  await using service = await startRawService();
  const released = Promise.withResolvers<void>();
  await using transport = await startTransport(service, {
    service: { streamWindowBytes },
    async onCall(exchange) {
      exchange.forward({ set: {}, drop: new Set() });
      await exchange.response;
      await released.promise;
      exchange.release();
      const end = await exchange.done;
      if (end !== 'left') exchange.end(end);
    },
  });

  const call = transport.client.call();
  let read = 0;
  call.stream.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  call.end('hello');
  const served = await service.next();
  served.respond();
  const { written, whole } = pour(served.stream);
  const before = await settled(written);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(mostBytes);
  expect(read).toBe(0);

  released.resolve();
  await whole;
  served.end();
  expect(await call.ended).toMatchObject({ status: '0' });
  expect(read).toBe(totalBytes);
});

test('behavior: a call that is not forwarded yet does not read its client', async () => {
  await using service = await startRawService();
  const paid = Promise.withResolvers<void>();
  await using transport = await startTransport(service, {
    limits: { streamWindowBytes },
    async onCall(exchange) {
      await paid.promise;
      exchange.end({ code: 16, message: 'payment signature is not valid' });
    },
  });

  const call = transport.client.call();
  const { written, whole } = pour(call.stream);
  whole.catch(() => {});
  const before = await settled(written);
  expect(before).toBeLessThan(mostBytes);

  paid.resolve();
  expect(await call.ended).toMatchObject({ status: '16', resetCode: 0 });
});

test('behavior: one slow call does not stop the others of its connection', async () => {
  await using service = await startRawService((served) => {
    if (served.headers[':path'] === '/slow') {
      served.respond();
      pour(served.stream).whole.catch(() => {});
    } else {
      served.send(Buffer.alloc(mebibyte));
      served.end();
    }
  });
  await using transport = await startTransport(service, { service: { streamWindowBytes } });
  const slow = transport.client.call('/slow', {}, { read: false });
  slow.end('hello');
  await slow.headers;

  for (let count = 0; count < 20; count++) {
    const quick = transport.client.call('/quick');
    quick.end('hello');
    expect((await quick.responses.nextBytes())?.length).toBe(mebibyte);
    expect(await quick.ended).toMatchObject({ status: '0' });
  }
  slow.stream.close();
});
