import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { connectRawClient } from '../transport/raw-client.ts';
import { startRawService } from '../transport/raw-service.ts';
import { type ObservedService, path, startObservedService } from './observed-service.ts';
import { type Balancer, startBalancer } from './start-balancer.ts';

let observed: ObservedService;
let balancer: Balancer;

beforeAll(async () => {
  [observed, balancer] = await Promise.all([startObservedService(), startBalancer()]);
});

afterAll(async () => {
  await balancer?.stop();
  await observed?.stop();
});

test('behavior: behind a balancer one daemon after the other is replaced, and no call fails', {
  timeout: 300_000,
}, async () => {
  // Answers at once, so that calls never stop coming.
  await using service = await startRawService((call) => {
    call.read().send('answer');
    call.end();
  });
  const settings = {
    service_endpoint: service.endpoint,
    stop_delay: '1s',
    stop_grace_period: '1m',
    metrics_endpoint: '127.0.0.1:0',
  };
  const begin = async (): Promise<StartedSnetd> => {
    const daemon = await observed.start(settings);
    balancer.daemons.add(daemon.endpoint);
    return daemon;
  };
  let daemons = [await begin(), await begin()];
  const channel = await openPayingChannel(observed.network.devnet, { calls: 4_000n });
  const { price } = observed.network.devnet;
  await expect.poll(() => balancer.ready.size, { timeout: 30_000 }).toBe(2);

  let isOver = false;
  let served = 0n;
  const failures: unknown[] = [];
  const calling = (async () => {
    while (!isOver) {
      await using client = await connectRawClient(balancer.endpoint);
      const call = client.call(path, await channel.sign(price * (served + 1n)));
      call.end('hello');
      const { status, message } = await call.ended;
      if (status === '0') served += 1n;
      else failures.push({ status, message });
    }
  })();
  for (const old of daemons) {
    const before = served;
    const next = await begin();
    daemons = [...daemons, next];
    await expect.poll(() => balancer.ready, { timeout: 30_000 }).toContain(next.endpoint);
    old.child.kill('SIGTERM');
    await old.waitForEvent('stopping');
    balancer.daemons.delete(old.endpoint);
    expect(await old.exited).toBe(0);
    // Calls went on meanwhile.
    await expect.poll(() => served - before, { timeout: 30_000 }).toBeGreaterThan(2n);
  }
  isOver = true;
  await calling;
  expect(failures).toEqual([]);
  expect(served).toBeGreaterThan(4n);
  for (const daemon of daemons.slice(2)) await daemon.stop();
});
