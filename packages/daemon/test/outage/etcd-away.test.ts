import { setTimeout as sleep } from 'node:timers/promises';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { EntryView_State } from '@snetkit/protos/state';
import { afterEach, expect, test, vi } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { type Hammer, startHammer } from './hammer.ts';

/** How long etcd is away: a schedule, not a wait for something. */
const awayMs = 5_000;
/** What the issue asks for between the return of etcd and the first good call. */
const soonMs = 1_000;
const channels = 16;
const soon = { timeout: 30_000, interval: 100 };

let etcd: Etcd | undefined;
let network: PaidNetwork | undefined;

afterEach(async () => {
  await network?.stop();
  await etcd?.stop();
});

test.each([
  ['is stopped (SIGSTOP), and the lease of the daemon outlives that', 'pause', '10s'],
  ['is stopped (SIGSTOP), and the lease of the daemon does not', 'pause', '2s'],
  ['is killed and started again', 'kill', '10s'],
  ['is killed and started again, after the lease of the daemon', 'kill', '2s'],
] as const)(
  'behavior: etcd %s: no channel is stuck, no call is unpaid, and it goes on at once',
  async (_what, how, lease) => {
    etcd = await startEtcd();
    network = await startPaidNetwork({
      daemonConfig: {
        payment_channel_storage_type: 'etcd',
        payment_channel_storage_client: { endpoints: [...etcd.endpoints] },
        payment_channel_storage_lease: lease,
      },
    });
    const { price } = network.devnet;
    const ids: bigint[] = [];
    for (let index = 0; index < channels; index += 1) ids.push(await network.openChannel());
    const hammer = startHammer(network, ids);
    await vi.waitFor(() => expectAllServed(hammer, ids, 0), soon);

    const leftAt = performance.now();
    const backAt = await takeAway(etcd, how);
    await vi.waitFor(() => expectAllServed(hammer, ids, backAt), soon);
    await hammer.stop();

    const first = hammer.answers.find(({ status, at }) => status === 0 && at > backAt);
    const firstMs = (first?.at ?? Number.NaN) - backAt;
    const refused = hammer.answers.filter(({ status }) => status !== 0);
    const during = refused.filter(({ at }) => at > leftAt && at <= backAt);
    expect(refused.length).toBeGreaterThan(0);
    for (const { message } of refused) expect(message).not.toMatch(/127\.0\.0\.1|http|etcd/);

    // Whoever was charged was served, or is served when he asks for the same again.
    for (const channelId of ids) {
      await vi.waitFor(async () => expectSettled(channelId), soon);
    }
    console.log(
      `etcd away (${how}, lease ${lease}): first good call ${firstMs.toFixed(0)} ms after its return, ` +
        `${hammer.answers.length - refused.length} served, ${refused.length} refused, ${during.length} of them meanwhile`,
    );
    expect(firstMs).toBeLessThan(soonMs + 10 * usualMs(hammer, leftAt));

    async function expectSettled(channelId: bigint): Promise<void> {
      const state = await network?.getState(channelId);
      if (state === undefined) throw new Error('no network');
      const repeatable = state.reply.entries.filter(
        ({ state: one }) => one === EntryView_State.RETRY,
      );
      const delivered = hammer.delivered.get(channelId) ?? 0n;
      const open = BigInt(repeatable.length) * price;
      expect({ channelId, running: state.reply.entries.length - repeatable.length <= 1 }).toEqual({
        channelId,
        running: true,
      });
      expect(state.amount).toBeGreaterThanOrEqual(delivered);
      expect(state.amount - delivered).toBeLessThanOrEqual(open);
    }
  },
  240_000,
);

/** Takes etcd away for five seconds; resolves with the moment at which it answered again. */
async function takeAway({ members: [member] }: Etcd, how: 'pause' | 'kill'): Promise<number> {
  if (member === undefined) throw new Error('no member');
  if (how === 'pause') {
    await member.kill('SIGSTOP');
    await sleep(awayMs);
    await member.kill('SIGCONT');
    await vi.waitUntil(() => member.isHealthy(), { timeout: 30_000, interval: 10 });
  } else {
    await member.kill('SIGKILL');
    await sleep(awayMs);
    await member.restart();
  }
  return performance.now();
}

function expectAllServed({ answers }: Hammer, ids: readonly bigint[], after: number): void {
  const served = new Set(
    answers
      .filter(({ status, sentAt }) => status === 0 && sentAt > after)
      .map(({ channelId }) => channelId),
  );
  expect(ids.filter((id) => !served.has(id))).toEqual([]);
}

/** Milliseconds that a call takes while all is well, on this machine, now. */
function usualMs({ answers }: Hammer, until: number): number {
  const times = answers
    .filter(({ status, at }) => status === 0 && at < until)
    .map(({ sentAt, at }) => at - sentAt)
    .sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}
