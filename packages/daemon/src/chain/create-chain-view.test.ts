import { getChannel } from '@snetkit/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createManualTimers } from '../../test/chain/manual-timers.ts';
import { startTestChain, type TestChain } from '../../test/chain/test-chain.ts';
import { createBlockClock, type RunningBlockClock } from './create-block-clock.ts';
import { type ChainViewOptions, createChainView } from './create-chain-view.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
beforeEach(() => {
  chain.proxy.rule = 'forward';
});
afterAll(() => chain[Symbol.asyncDispose]());

/** A view whose clock moves only when the test says so, or when a channel is read. */
function startView(options: Partial<ChainViewOptions> = {}) {
  const controller = new AbortController();
  const { client, mpe, proxy } = chain;
  const { signal } = controller;
  const clock = createBlockClock({ client, pollMs: 1_000_000, signal });
  const view = createChainView({ client, mpe, clock, signal, ...options });
  return {
    clock,
    view,
    /** Requests since the last time. */
    requests() {
      const counts: Record<string, number> = {};
      for (const method of proxy.methods.splice(0)) counts[method] = (counts[method] ?? 0) + 1;
      return counts;
    },
    [Symbol.dispose]: () => controller.abort(),
  };
}

/** What the contract says now, in the form of the view. */
async function readContract(channelId: bigint) {
  const channel = await getChannel(chain.client, { mpe: chain.mpe, channelId });
  if (channel === undefined) return undefined;
  const { id, ...rest } = channel;
  return { channelId: id, ...rest };
}

/** Moves the clock, and waits until the view has caught up. */
async function settle(clock: RunningBlockClock): Promise<void> {
  const { methods } = chain.proxy;
  const logs = () => methods.filter((method) => method === 'eth_getLogs').length;
  const before = logs();
  await clock.refresh();
  await vi.waitUntil(() => logs() > before);
  await new Promise((resolve) => setImmediate(resolve));
}

test('default: a read tells what the contract holds, a peek what was read', async () => {
  using started = startView();
  const { view, clock } = started;
  const id = await chain.open({ amount: 100n, expiration: 5_000n });
  expect(view.peek(id)).toBeUndefined();
  const channel = await view.read(id);
  expect(channel).toEqual({ ...(await readContract(id)), block: clock.current() });
  expect(channel).toMatchObject({ channelId: id, nonce: 0n, value: 100n, expiration: 5_000n });
  started.requests();
  for (let i = 0; i < 10_000; i += 1) expect(view.peek(id)).toBe(channel);
  expect(started.requests()).toEqual({});
});

describe('events', () => {
  test('behavior: one request for a block tells what happened to every channel', async () => {
    using started = startView();
    const { view, clock } = started;
    const height = async () => (await clock.refresh()).number;
    const soon = (await height()) + 12n;
    const ids = [
      await chain.open({ amount: 100n, expiration: 5_000n }),
      await chain.open({ amount: 200n, expiration: 5_000n }),
      await chain.open({ amount: 300n, expiration: soon }),
    ];
    for (const id of ids) await view.read(id);
    await chain.addFunds(ids[0]!, 11n);
    await chain.extend(ids[1]!, 6_000n);
    await chain.claim(ids[1]!, { nonce: 0n, actual: 50n, planned: 60n });
    await chain.claim(ids[0]!, { nonce: 0n, actual: 1n, planned: 1n, sendBack: true });
    await chain.addFunds(ids[0]!, 7n);
    const opened = await chain.open({ amount: 400n, expiration: 7_000n });
    await chain.mine(12);
    await chain.claimTimeout(ids[2]!);
    started.requests();
    await settle(clock);
    await vi.waitFor(() => expect(view.peek(opened)).toBeDefined());
    // The second eth_getBlockByNumber looks whether the last block is still there, after a gap.
    expect(started.requests()).toEqual({ eth_getBlockByNumber: 2, eth_getLogs: 1 });
    for (const id of [...ids, opened])
      expect(view.peek(id)).toMatchObject((await readContract(id))!);
    expect(view.peek(ids[0]!)).toMatchObject({ nonce: 1n, value: 7n, expiration: 0n });
    expect(view.peek(ids[1]!)).toMatchObject({ nonce: 1n, value: 150n, expiration: 6_000n });
    expect(view.peek(ids[2]!)).toMatchObject({ nonce: 1n, value: 0n, expiration: 0n });
    expect(view.peek(opened)).toMatchObject({ nonce: 0n, value: 400n });
  });

  test('behavior: a claim to the last cog does not tell the expiration, so the channel is dropped', async () => {
    using started = startView();
    const { view, clock } = started;
    for (const sendBack of [true, false]) {
      const id = await chain.open({ amount: 100n, expiration: 5_000n });
      await view.read(id);
      await chain.claim(id, { nonce: 0n, actual: 100n, planned: 100n, sendBack });
      await settle(clock);
      await vi.waitFor(() => expect(view.peek(id)).toBeUndefined());
      expect(await view.read(id)).toMatchObject((await readContract(id))!);
    }
  });

  test('behavior: whatever happens in whatever order, the view is what the contract holds', async () => {
    using started = startView();
    const { view, clock } = started;
    const ids: bigint[] = [];
    for (let i = 0; i < 3; i += 1) ids.push(await chain.open({ amount: 500n, expiration: 9_000n }));
    for (const id of ids) await view.read(id);
    let told = 0;
    // A small generator with a fixed start: the same story every time.
    let state = 7;
    const next = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    for (let step = 0; step < 30; step += 1) {
      const id = ids[next(3)]!;
      const { nonce, value, expiration } = (await readContract(id))!;
      const action = next(5);
      if (action === 0) await chain.addFunds(id, BigInt(1 + next(20)));
      if (action === 1) await chain.extend(id, expiration + BigInt(next(10)));
      if (action === 2 && value > 0n) {
        await chain.claim(id, {
          nonce,
          actual: value / 3n,
          planned: value,
          sendBack: next(4) === 0,
        });
      }
      if (action === 3) await view.read(ids[next(3)]!);
      if (action === 4) await clock.refresh();
      if (step % 7 !== 6) continue;
      await chain.mine(1);
      await settle(clock);
      for (const each of ids) {
        const expected = (await readContract(each))!;
        await vi.waitFor(() => expect(view.peek(each) ?? expected).toMatchObject(expected));
        if (view.peek(each) !== undefined) told += 1;
      }
    }
    // Dropping a channel is right when events do not tell, but not a way to pass this test.
    expect(told).toBeGreaterThanOrEqual(10);
  });

  test('behavior: no events are asked for while no channel is known', async () => {
    using started = startView();
    const { clock } = started;
    await clock.refresh();
    started.requests();
    for (let i = 0; i < 3; i += 1) {
      await chain.mine(1);
      await clock.refresh();
    }
    expect(started.requests()).toEqual({ eth_getBlockByNumber: 3 });
  });

  test('behavior: a read that takes long still gets the events of meanwhile', async () => {
    using started = startView();
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await clock.refresh();
    const held = Promise.withResolvers<void>();
    chain.proxy.rule = async ({ method }, forward) => {
      const answer = await forward();
      if (method === 'eth_call') await held.promise;
      return answer;
    };
    const reading = view.read(id);
    await vi.waitUntil(() => chain.proxy.methods.includes('eth_call'));
    await chain.addFunds(id, 5n);
    await settle(clock);
    held.resolve();
    expect(await reading).toMatchObject({ value: 100n });
    expect(view.peek(id)).toMatchObject({ value: 105n });
  });

  test('behavior: events that a lagging node left out are found with the next block', async () => {
    using started = startView();
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await view.read(id);
    await chain.addFunds(id, 5n);
    chain.proxy.rule = ({ method }, forward) => (method === 'eth_getLogs' ? [] : forward());
    await settle(clock);
    expect(view.peek(id)).toMatchObject({ value: 100n });
    chain.proxy.rule = 'forward';
    await chain.mine(1);
    await settle(clock);
    await vi.waitFor(() => expect(view.peek(id)).toBeUndefined());
    expect(await view.read(id)).toMatchObject({ value: 105n });
  });

  test('behavior: events that could not be read are read with the next block', async () => {
    using started = startView();
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await view.read(id);
    chain.proxy.rule = ({ method }, forward) => {
      if (method === 'eth_getLogs') throw new Error('busy');
      return forward();
    };
    await chain.addFunds(id, 5n);
    await settle(clock);
    expect(view.peek(id)).toMatchObject({ value: 100n });
    chain.proxy.rule = 'forward';
    await chain.addFunds(id, 6n);
    await settle(clock);
    await vi.waitFor(() => expect(view.peek(id)).toMatchObject({ value: 111n }));
  });

  test('behavior: what could not be corrected for 64 blocks is dropped', async () => {
    using started = startView();
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await view.read(id);
    chain.proxy.rule = ({ method }, forward) => {
      if (method === 'eth_getLogs') throw new Error('busy');
      return forward();
    };
    await chain.mine(64);
    await settle(clock);
    expect(view.peek(id)).toBeDefined();
    await chain.mine(1);
    await settle(clock);
    await vi.waitFor(() => expect(view.peek(id)).toBeUndefined());
  });
});

describe('reads', () => {
  test('behavior: readers of a channel at the same time share its requests', async () => {
    using started = startView();
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await clock.refresh();
    started.requests();
    const channels = await Promise.all(Array.from({ length: 100 }, () => view.read(id)));
    expect(new Set(channels).size).toBe(1);
    const { eth_call: calls, eth_getBlockByNumber: heads } = started.requests();
    // One for nextChannelId, one for the channel.
    expect(calls).toBe(2);
    expect(heads).toBe(1);
  });

  test('behavior: a top-up counts at once, without waiting for a poll', async () => {
    using started = startView();
    const { view } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    expect(await view.read(id)).toMatchObject({ value: 100n });
    for (let value = 105n; value < 130n; value += 5n) {
      await chain.addFunds(id, 5n);
      expect(await view.read(id)).toMatchObject({ value });
    }
  });

  test('behavior: the contract is asked for a channel once a block', async () => {
    using started = startView();
    const { view } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await view.read(id);
    started.requests();
    for (let i = 0; i < 5; i += 1) await view.read(id);
    expect(started.requests()).toEqual({ eth_getBlockByNumber: 5 });
  });

  test('behavior: any number of ids that were never opened cost one request a block', async () => {
    using started = startView();
    const { view, clock } = started;
    const last = await chain.open({ amount: 1n, expiration: 5_000n });
    await clock.refresh();
    started.requests();
    const ids = Array.from({ length: 500 }, (_, i) => last + 1n + BigInt(i) ** 9n);
    for (const channel of await Promise.all(ids.map((id) => view.read(id)))) {
      expect(channel).toBeUndefined();
    }
    expect(started.requests()).toMatchObject({ eth_call: 1 });
    const opened = await chain.open({ amount: 2n, expiration: 5_000n });
    expect(opened).toBe(ids[0]);
    expect(await view.read(opened)).toMatchObject({ value: 2n });
  });

  test('behavior: ids that were never opened cost one look a second, and one opened meanwhile is found', async () => {
    const timers = createManualTimers();
    using started = startView({ timers });
    const { view, clock } = started;
    const last = await chain.open({ amount: 1n, expiration: 5_000n });
    await clock.refresh();
    started.requests();
    for (let i = 1n; i <= 8n; i += 1n) expect(await view.read(last + i)).toBeUndefined();
    expect(started.requests()).toEqual({ eth_getBlockByNumber: 8, eth_call: 1 });
    const reading = Promise.all(
      Array.from({ length: 100 }, (_, i) => view.read(last + 1n + BigInt(i))),
    );
    await vi.waitUntil(() => timers.delays.length > 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers.delays).toEqual([1_000]);
    expect(started.requests()).toEqual({});
    expect(await chain.open({ amount: 2n, expiration: 5_000n })).toBe(last + 1n);
    started.requests();
    timers.advance(1_000);
    const [opened, ...others] = await reading;
    expect(opened).toMatchObject({ value: 2n });
    expect(others.filter((channel) => channel !== undefined)).toEqual([]);
    // Once for nextChannelId, once for the channel. A gap of blocks would cost a second head.
    expect(started.requests()).toMatchObject({ eth_call: 2 });
    // One that is known is read at once.
    expect(await view.read(last)).toMatchObject({ value: 1n });
  });

  test('behavior: the channel that was not used for the longest time is dropped', async () => {
    using started = startView({ maxChannels: 2, keeps: () => false });
    const { view } = started;
    const ids: bigint[] = [];
    for (let i = 0; i < 3; i += 1) ids.push(await chain.open({ amount: 1n, expiration: 5_000n }));
    await view.read(ids[0]!);
    await view.read(ids[1]!);
    view.peek(ids[0]!);
    await view.read(ids[2]!);
    expect(ids.map((id) => view.peek(id)?.channelId)).toEqual([ids[0], undefined, ids[2]]);
  });

  test('behavior: a node that does not have the newest block yet is asked again', async () => {
    using started = startView();
    const { view } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    let refused = 0;
    chain.proxy.rule = ({ method }, forward) => {
      if (method !== 'eth_call' || refused === 2) return forward();
      refused += 1;
      throw new Error('header not found');
    };
    expect(await view.read(id)).toMatchObject({ value: 100n });
    expect(refused).toBe(2);
  });

  test('behavior: who leaves is let go, the others are answered', async () => {
    using started = startView();
    const { view } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    const held = Promise.withResolvers<void>();
    chain.proxy.rule = async (_request, forward) => {
      await held.promise;
      return forward();
    };
    const leaver = new AbortController();
    const left = view.read(id, { signal: leaver.signal });
    const stays = view.read(id, { signal: new AbortController().signal });
    leaver.abort();
    await expect(left).rejects.toMatchObject({ code: 'ABORTED' });
    held.resolve();
    expect(await stays).toMatchObject({ value: 100n });
    await expect(view.read(id, { signal: leaver.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  test('error: a node that is gone, or does not answer', async () => {
    using started = startView({ timeoutMs: 100 });
    const { view } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    const known = await view.read(id);
    chain.proxy.rule = 'refuse';
    await expect(view.read(id)).rejects.toMatchObject({ code: 'RPC_UNREACHABLE' });
    await chain.mine(1);
    chain.proxy.rule = ({ method }, forward) =>
      method === 'eth_call' ? new Promise(() => {}) : forward();
    await expect(view.read(id)).rejects.toThrow(
      'The chain did not tell of the channel in time.\nExpected: an answer within 100 ms',
    );
    expect(view.peek(id)).toEqual(known);
    chain.proxy.rule = 'forward';
    expect(await view.read(id)).toMatchObject({ value: 100n });
  });
});

describe('reorganisations', () => {
  /** Opens a channel, adds funds, lets the view see it, and takes the addition back. */
  async function addAndRevert(started: ReturnType<typeof startView>) {
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await view.read(id);
    const snapshot = await chain.send('evm_snapshot');
    await chain.addFunds(id, 50n);
    await settle(clock);
    await vi.waitFor(() => expect(view.peek(id)).toMatchObject({ value: 150n }));
    await chain.send('evm_revert', snapshot);
    await chain.send('evm_increaseTime', 7);
    return id;
  }

  test.each([
    { name: 'of the same height', blocks: 1 },
    { name: 'longer by one', blocks: 2 },
    { name: 'longer by many', blocks: 5 },
  ])('behavior: a chain $name without the funds: the channel is read again', async ({ blocks }) => {
    using started = startView();
    const id = await addAndRevert(started);
    await chain.mine(blocks);
    await started.clock.refresh();
    expect(started.view.peek(id)).toBeUndefined();
    expect(await started.view.read(id)).toMatchObject({ value: 100n });
  });

  test('behavior: a chain that has become shorter: a read finds out', async () => {
    using started = startView();
    const id = await addAndRevert(started);
    expect(await started.view.read(id)).toMatchObject({ value: 100n });
    expect(started.view.peek(id)).toMatchObject({ value: 100n });
  });

  test('behavior: a channel whose opening is gone is unknown', async () => {
    using started = startView();
    const { view, clock } = started;
    await view.read(await chain.open({ amount: 1n, expiration: 5_000n }));
    const snapshot = await chain.send('evm_snapshot');
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    await settle(clock);
    await vi.waitFor(() => expect(view.peek(id)).toMatchObject({ value: 100n }));
    await chain.send('evm_revert', snapshot);
    await chain.send('evm_increaseTime', 7);
    await chain.mine(4);
    expect(await view.read(id)).toBeUndefined();
    expect(view.peek(id)).toBeUndefined();
  });

  test('behavior: what was read from a block that is gone is dropped with it', async () => {
    using started = startView();
    const { view, clock } = started;
    const id = await chain.open({ amount: 100n, expiration: 5_000n });
    const snapshot = await chain.send('evm_snapshot');
    await chain.addFunds(id, 50n);
    // Read directly: no event of that block was ever seen.
    expect(await view.read(id)).toMatchObject({ value: 150n });
    await chain.send('evm_revert', snapshot);
    await chain.send('evm_increaseTime', 7);
    await chain.mine(3);
    await clock.refresh();
    expect(view.peek(id)).toBeUndefined();
    expect(await view.read(id)).toMatchObject({ value: 100n });
  });
});
