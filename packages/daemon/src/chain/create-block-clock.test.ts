import { startAnvil } from '@snetkit/anvil';
import { createChainClient } from '@snetkit/contracts';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createManualTimers } from '../../test/chain/manual-timers.ts';
import { startTestChain, type TestChain } from '../../test/chain/test-chain.ts';
import { createBlockClock, type HeadChange } from './create-block-clock.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
beforeEach(() => {
  chain.proxy.rule = 'forward';
  chain.proxy.methods.length = 0;
});
afterAll(() => chain[Symbol.asyncDispose]());

const blockNumber = async () => BigInt((await chain.send('eth_blockNumber')) as string);

/** Ends the clock with the test. */
function createStop() {
  const controller = new AbortController();
  return { signal: controller.signal, [Symbol.dispose]: () => controller.abort() };
}

test('default: follows the chain with one request a poll, whoever asks', async () => {
  using stop = createStop();
  const seen: HeadChange[] = [];
  const { client } = chain;
  const timers = createManualTimers();
  const clock = createBlockClock({ client, timers, onBlock: (one) => seen.push(one), ...stop });
  await vi.waitUntil(() => seen.length === 1);
  const first = await blockNumber();
  for (let i = 0; i < 10_000; i += 1) expect(clock.current()).toBe(first);
  expect(chain.proxy.methods).toEqual(['eth_getBlockByNumber']);
  await vi.waitUntil(() => timers.delays.length === 1);
  expect(timers.delays).toEqual([5_000]);
  await chain.mine(1);
  expect(clock.current()).toBe(first);
  timers.advance(5_000);
  await vi.waitUntil(() => seen.length === 2);
  expect(clock.current()).toBe(first + 1n);
  expect(seen.map(({ replaced }) => replaced)).toEqual([false, false]);
  expect(chain.proxy.methods).toEqual(['eth_getBlockByNumber', 'eth_getBlockByNumber']);
});

test('behavior: a refresh is answered after it was asked, and shared', async () => {
  using stop = createStop();
  const { client, proxy } = chain;
  const clock = createBlockClock({ client, pollMs: 1_000_000, ...stop });
  const before = await clock.refresh();
  const held = Promise.withResolvers<void>();
  proxy.rule = async (_request, forward) => {
    const answer = await forward();
    await held.promise;
    return answer;
  };
  proxy.methods.length = 0;
  const early = clock.refresh();
  await vi.waitUntil(() => proxy.methods.length === 1);
  await chain.mine(1);
  const late = [clock.refresh(), clock.refresh(), clock.refresh()];
  held.resolve();
  expect((await early).number).toBe(before.number);
  for (const head of await Promise.all(late)) expect(head.number).toBe(before.number + 1n);
  expect(proxy.methods.length).toBe(2);
});

test('error: no block read yet', async () => {
  using stop = createStop();
  chain.proxy.rule = 'refuse';
  const clock = createBlockClock({ client: chain.client, ...stop });
  await expect(clock.refresh()).rejects.toMatchObject({ code: 'RPC_UNREACHABLE' });
  expect(() => clock.current()).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: cannot determine current block
    Expected: a block read within the last 60000 ms
    Found: no block read yet]
  `);
});

test('error: the last block is too old', async () => {
  using stop = createStop();
  const timers = createManualTimers();
  const { client } = chain;
  const clock = createBlockClock({ client, pollMs: 20_000, maxAgeMs: 45_000, timers, ...stop });
  const { number } = await clock.refresh();
  chain.proxy.rule = 'refuse';
  timers.advance(45_000);
  expect(clock.current()).toBe(number);
  timers.advance(1);
  const message = (() => {
    try {
      return clock.current();
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(message).toBe(
    `cannot determine current block\nExpected: a block read within the last 45000 ms\nFound: block ${number}, read 45001 ms ago`,
  );
});

test('behavior: retries soon after a failure, then ever later, and recovers', async () => {
  using stop = createStop();
  const timers = createManualTimers();
  const { client, proxy } = chain;
  proxy.rule = 'refuse';
  const clock = createBlockClock({ client, pollMs: 4_000, timers, ...stop });
  const delays: (number | undefined)[] = [];
  for (let i = 1; i <= 8; i += 1) {
    await vi.waitUntil(() => proxy.methods.length === i && timers.delays.length === 1);
    delays.push(timers.delays[0]);
    timers.advance(timers.delays[0] ?? 0);
  }
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  await vi.waitUntil(() => proxy.methods.length === 9 && timers.delays.length === 1);
  proxy.rule = 'forward';
  timers.advance(30_000);
  await vi.waitUntil(() => timers.delays[0] === 4_000);
  expect(clock.current()).toBe(await blockNumber());
});

test('behavior: a node that never answers is given up at the deadline', async () => {
  using stop = createStop();
  const { client, proxy } = chain;
  proxy.rule = 'hang';
  const clock = createBlockClock({ client, pollMs: 50, timeoutMs: 100, ...stop });
  await expect(clock.refresh()).rejects.toThrow(
    'The chain did not answer eth_getBlockByNumber in time.\nExpected: an answer within 100 ms',
  );
  proxy.rule = 'forward';
  expect((await clock.refresh()).number).toBe(await blockNumber());
});

test('behavior: survives a node that is killed and comes back with another chain', async () => {
  using stop = createStop();
  const first = await startAnvil();
  const client = createChainClient({ rpcUrl: first.rpcUrl });
  const seen: HeadChange[] = [];
  const onBlock = (one: HeadChange) => seen.push(one);
  const request = (method: string, params: unknown[]) =>
    (client.request as (body: object) => Promise<unknown>)({ method, params });
  await request('anvil_mine', ['0x7']);
  const clock = createBlockClock({ client, pollMs: 30, maxAgeMs: 400, onBlock, ...stop });
  await vi.waitUntil(() => seen.length === 1);
  expect(clock.current()).toBe(7n);
  await first.stop();
  await vi.waitFor(() => expect(() => clock.current()).toThrow('cannot determine current block'));
  await using second = await startAnvil({ port: first.port });
  expect(second.port).toBe(first.port);
  await vi.waitUntil(() => seen.length === 2, { timeout: 20_000 });
  expect(clock.current()).toBe(0n);
  expect(seen[1]?.replaced).toBe(true);
});

test('behavior: a node that lags does not turn the clock back', async () => {
  using stop = createStop();
  const counters = { reorganisations: 0 };
  const { client, proxy } = chain;
  const clock = createBlockClock({ client, pollMs: 1_000_000, counters, ...stop });
  const { number } = await clock.refresh();
  await chain.mine(1);
  await clock.refresh();
  proxy.rule = ({ method }, forward) =>
    forward({ method, params: [`0x${number.toString(16)}`, false] });
  expect((await clock.refresh()).number).toBe(number + 1n);
  expect(clock.current()).toBe(number + 1n);
  expect(counters.reorganisations).toBe(0);
});

test('behavior: blocks that were replaced turn it back, and are told', async () => {
  using stop = createStop();
  const counters = { reorganisations: 0 };
  const seen: HeadChange[] = [];
  const onBlock = (one: HeadChange) => seen.push(one);
  const { client } = chain;
  const clock = createBlockClock({ client, pollMs: 1_000_000, counters, onBlock, ...stop });
  const before = await clock.refresh();
  const snapshot = await chain.send('evm_snapshot');
  await chain.mine(3);
  await clock.refresh();
  await chain.send('evm_revert', snapshot);
  await chain.send('evm_increaseTime', 5);
  await chain.mine(2);
  expect((await clock.refresh()).number).toBe(before.number + 2n);
  expect(clock.current()).toBe(before.number + 2n);
  expect(seen.map(({ replaced }) => replaced)).toEqual([false, false, true]);
  expect(counters.reorganisations).toBe(1);
});

test('behavior: blocks that are gone for three polls are gone', async () => {
  using stop = createStop();
  const { client } = chain;
  const clock = createBlockClock({ client, pollMs: 1_000_000, ...stop });
  const before = await clock.refresh();
  const snapshot = await chain.send('evm_snapshot');
  await chain.mine(1);
  await clock.refresh();
  await chain.send('evm_revert', snapshot);
  const numbers: bigint[] = [];
  for (let i = 0; i < 4; i += 1) numbers.push((await clock.refresh()).number - before.number);
  expect(numbers).toEqual([1n, 1n, 0n, 0n]);
});

test('behavior: asks nothing more once it was stopped', async () => {
  const controller = new AbortController();
  const timers = createManualTimers();
  const { signal } = controller;
  const clock = createBlockClock({ client: chain.client, timers, signal });
  await clock.refresh();
  await vi.waitUntil(() => timers.delays.length === 1);
  controller.abort();
  expect(timers.delays).toEqual([]);
  await expect(clock.refresh()).rejects.toMatchObject({ code: 'ABORTED' });
});

test('error: an answer that is no block', async () => {
  using stop = createStop();
  chain.proxy.rule = () => ({ number: '0x1', hash: 'x' });
  const clock = createBlockClock({ client: chain.client, pollMs: 1_000_000, ...stop });
  await expect(clock.refresh()).rejects.toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The chain answered no block.
    Place: eth_getBlockByNumber
    Expected: number, hash and parentHash]
  `);
  chain.proxy.rule = () => null;
  await expect(clock.refresh()).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BaseError: The chain has no block.]`,
  );
  chain.proxy.rule = () => {
    throw new Error('no such project: https://node.example/v3/secret');
  };
  await expect(clock.refresh()).rejects.toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The chain refused eth_getBlockByNumber.
    Found: no such project: https://node.example/[hidden]]
  `);
});

test('behavior: while the node does not tell, the chain is taken to go as fast as it can', async () => {
  using stop = createStop();
  const timers = createManualTimers();
  const { client, proxy } = chain;
  const clock = createBlockClock({ client, pollMs: 4_000, fastestBlockMs: 3_000, timers, ...stop });
  expect(() => clock.latestPossible()).toThrow('cannot determine current block');
  const { number } = await clock.refresh();
  expect(clock.latestPossible()).toBe(number);
  // A poll that is due, and one that runs, are no reason to doubt.
  timers.advance(4_000);
  expect(clock.latestPossible()).toBe(number);

  await clock.refresh();
  proxy.rule = 'refuse';
  await expect(clock.refresh()).rejects.toMatchObject({ code: 'RPC_UNREACHABLE' });
  expect(clock.latestPossible()).toBe(number);
  for (const [ms, blocks] of [
    [1, 1n],
    [2_999, 1n],
    [1, 2n],
    [86_400_000, 28_802n],
  ] as const) {
    timers.advance(ms);
    expect(clock.latestPossible()).toBe(number + blocks);
  }
  proxy.rule = 'forward';
  await chain.mine(1);
  await clock.refresh();
  expect(clock.latestPossible()).toBe(number + 1n);
});

test('behavior: a node that hangs is not believed for longer than a poll may take', async () => {
  using stop = createStop();
  const timers = createManualTimers();
  const { client, proxy } = chain;
  const options = { pollMs: 4_000, timeoutMs: 6_000, fastestBlockMs: 3_000, timers, ...stop };
  const clock = createBlockClock({ client, ...options });
  const { number } = await clock.refresh();
  proxy.rule = 'hang';
  timers.advance(10_000);
  expect(clock.latestPossible()).toBe(number);
  timers.advance(1);
  expect(clock.latestPossible()).toBe(number + 4n);
});

test('behavior: whoever needs a block that is too old makes it be asked for, once a second at most', async () => {
  using stop = createStop();
  const timers = createManualTimers();
  const { client, proxy } = chain;
  const clock = createBlockClock({ client, pollMs: 4_000, timers, ...stop });
  await clock.refresh();
  proxy.rule = 'refuse';
  timers.advance(60_000);
  await expect(clock.refresh()).rejects.toThrow();
  timers.advance(60_000);
  await expect(clock.refresh()).rejects.toThrow();
  proxy.rule = 'forward';
  proxy.methods.length = 0;
  for (let i = 0; i < 100; i += 1) expect(() => clock.current()).toThrow();
  expect(proxy.methods).toEqual([]);
  timers.advance(999);
  expect(() => clock.current()).toThrow();
  timers.advance(1);
  for (let i = 0; i < 100; i += 1) expect(() => clock.current()).toThrow();
  await vi.waitUntil(() => {
    try {
      return clock.current() > 0n;
    } catch {
      return false;
    }
  });
  expect(proxy.methods).toEqual(['eth_getBlockByNumber']);
});
