import { expect, test } from 'vitest';
import { connectRawClient } from '../transport/raw-client.ts';
import { startRawService } from '../transport/raw-service.ts';
import { startTransport } from '../transport/start-transport.ts';

test('behavior: clients that leave in crowds take nobody with them', async () => {
  // As many services do, it closes a session that resets too many streams.
  await using service = await startRawService(
    (call) => {
      call.read();
      if (call.headers[':path'] === '/lasting.Service/Call') call.send('hello');
    },
    { streamResetBurst: 1_000, streamResetRate: 33 },
  );
  await using transport = await startTransport(service);
  const { endpoint } = transport.listener;
  const lasting = transport.client.call('/lasting.Service/Call');
  lasting.send('hello');
  expect(await lasting.responses.next()).toBe('hello');

  for (let crowd = 0; crowd < 4; crowd++) {
    const client = await connectRawClient(endpoint);
    const calls = Array.from({ length: 800 }, () => client.call('/crowd.Service/Call'));
    for (const call of calls) call.send('hello');
    await expect
      .poll(() => transport.listener.counters.calls, { timeout: 30_000 })
      .toBeGreaterThan(800);
    await client[Symbol.asyncDispose]();
    await expect.poll(() => transport.listener.counters.calls, { timeout: 30_000 }).toBe(1);
  }

  expect(lasting.stream.closed).toBe(false);
  const next = transport.client.call('/lasting.Service/Call');
  next.send('hello');
  expect(await next.responses.next()).toBe('hello');
  // Sessions whose budget is spent are gone but for the one that the lasting call needs.
  await expect
    .poll(() => transport.upstream.counters.sessions, { timeout: 30_000 })
    .toBeLessThanOrEqual(2);
  expect(transport.faults).toEqual([]);
});
