import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStreams } from './open-streams.ts';
import { startVictim, type Victim } from './victim.ts';
import { withstand } from './withstand.ts';

const maxSilentCalls = 2_000;
const many = { connections: 10, streams: 1_000, flags: 4 };
const patience = { timeout: 100_000, interval: 250 };

let victim: Victim;

beforeAll(async () => {
  victim = await startVictim({
    limits: { maxSilentCalls },
    onCall: (call) => void call.read(),
  });
});
afterAll(() => victim?.[Symbol.asyncDispose]());

test('behavior: ten thousand idle streams of calls that are not paid', async () => {
  await withstand(victim, async (during) => {
    const { totalCalls } = (await victim.look()).counters;
    const streams = await openStreams(victim, { ...many, path: '/unpaid.Service/Call' });
    await expect
      .poll(async () => (await during()).counters.totalCalls - totalCalls, patience)
      .toBeGreaterThanOrEqual(10_000);
    await expect.poll(async () => (await during()).counters.streams, patience).toBeLessThan(2);
    streams.destroy();
  });
}, 120_000);

test('behavior: ten thousand idle streams of calls that would be served', async () => {
  await withstand(victim, async (during) => {
    const before = (await victim.look()).counters;
    const streams = await openStreams(victim, { ...many, path: '/reading.Service/Call' });
    await expect
      .poll(async () => (await during()).counters.totalCalls - before.totalCalls, patience)
      .toBeGreaterThanOrEqual(10_000);
    // One more is the neighbour's.
    await expect
      .poll(async () => (await during()).counters.streams, patience)
      .toBeLessThanOrEqual(maxSilentCalls + 1);
    const { silentCalls } = (await during()).counters;
    expect(silentCalls - before.silentCalls).toBeGreaterThanOrEqual(10_000 - maxSilentCalls);
    streams.destroy();
  });
}, 120_000);
