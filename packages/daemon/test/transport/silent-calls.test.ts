import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

const limits = { maxSilentCalls: 2 };
const tooMany = { status: '8', message: 'too many calls wait for their first message' };

test('default: beyond the limit, the call that has been silent for longest is ended', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits });
  const first = transport.client.call('/test.Service/First');
  const served = (await service.next()).read();
  const second = transport.client.call('/test.Service/Second');
  const other = (await service.next()).read();
  // Half a message is a sign of life.
  const heard = once(served.stream, 'data');
  first.stream.write(Buffer.from([0, 0, 0]));
  await heard;
  transport.client.call('/test.Service/Third');
  expect(await second.ended).toMatchObject(tooMany);
  expect(await other.closed).toBe(8);
  first.stream.end(Buffer.from([0, 1, 7]));
  served.send('well');
  served.end();
  expect(await first.ended).toMatchObject({ status: '0' });
  expect(transport.listener.counters.silentCalls).toBe(1);
  expect(transport.faults).toEqual([]);
});

test('behavior: calls with a message, without one, and answered before it, are not silent', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, { limits });
  const calls = [];
  for (let count = 0; count < 10; count++) {
    const call = transport.client.call();
    if (count % 3 === 0) call.send('a message, and perhaps more');
    else if (count % 3 === 1) call.end();
    const served = await service.next();
    served.read().send('hello');
    expect(await call.responses.next()).toBe('hello');
    calls.push({ call, served });
  }
  for (const { call, served } of calls) {
    served.end();
    expect(await call.ended).toMatchObject({ status: '0' });
  }
  expect(transport.listener.counters.silentCalls).toBe(0);
});

test('behavior: who waits for a service that does not read is not silent', async () => {
  await using service = await startRawService(undefined, { settings: { initialWindowSize: 0 } });
  await using transport = await startTransport(service, { limits });
  const calls = [];
  for (let count = 0; count < 6; count++) {
    const { stream, ended } = transport.client.call();
    const served = await service.next();
    // One message of a mebibyte, and its first part.
    stream.write(Buffer.from([0, 0, 16, 0, 0]));
    await new Promise((resolve) => stream.write(Buffer.alloc(300_000), resolve));
    calls.push({ stream, ended, served });
  }
  for (const { stream } of calls) stream.end(Buffer.alloc(2 ** 20 - 300_000));
  calls[0]?.served.stream.session?.settings({ initialWindowSize: 2 ** 20 });
  for (const { served } of calls) served.read();
  for (const { ended, served } of calls) {
    expect((await served.requests.nextBytes())?.length).toBe(2 ** 20);
    served.send('read');
    served.end();
    expect(await ended).toMatchObject({ status: '0' });
  }
});
