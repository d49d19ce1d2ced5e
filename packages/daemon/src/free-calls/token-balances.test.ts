import type { ChainClient } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import { expect, test, vi } from 'vitest';
import { createTokenBalances } from './token-balances.ts';

const token = `0x${'5e'.repeat(20)}` as const;

const symbol = `0x${[32, 3].map((n) => n.toString(16).padStart(64, '0')).join('')}${'464554'.padEnd(64, '0')}`;

function walletOf(index: number): Address {
  return `0x${index.toString(16).padStart(40, '0')}`;
}

/** Balances of 1, with one decimal, from a node that answers when the test says so. */
function openBalances() {
  const node = { asked: 0, running: 0, most: 0, isAway: false };
  const held: (() => void)[] = [];
  let block = 100n;
  let isHeld = false;
  const client = {
    async request({ params }: { params: [{ data: string }] }) {
      const [{ data }] = params;
      // What the token is called is asked for with its decimals, once.
      if (data.startsWith('0x95d89b41')) return symbol;
      if (!data.startsWith('0x70a08231')) return `0x${'1'.padStart(64, '0')}`;
      node.asked += 1;
      node.running += 1;
      node.most = Math.max(node.most, node.running);
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
      node.running -= 1;
      if (node.isAway) throw new Error('the node is away');
      return `0x${'1'.padStart(64, '0')}`;
    },
  } as unknown as ChainClient;
  const balances = createTokenBalances({
    client,
    token,
    clock: { current: () => block },
    timeoutMs: 60_000,
    signal: new AbortController().signal,
  });
  return {
    node,
    held,
    balances,
    hold: () => {
      isHeld = true;
    },
    mine: () => {
      block += 1n;
    },
    ask: (from: number, to: number) =>
      Promise.allSettled(
        Array.from({ length: to - from }, (_, i) => balances.hasAtLeast(walletOf(from + i), 10n)),
      ),
  };
}

test('default: a wallet is asked for once a block', async () => {
  const { node, balances, mine } = openBalances();
  expect(await balances.hasAtLeast(walletOf(1), 10n)).toBe(false);
  const before = node.asked;
  expect(await balances.hasAtLeast(walletOf(1), 0n)).toBe(true);
  expect(node.asked).toBe(before);
  mine();
  await balances.hasAtLeast(walletOf(1), 10n);
  expect(node.asked).toBe(before + 1);
});

test('behavior: made-up wallets cost 64 requests a block, 8 at a time', async () => {
  const { node, held, hold, ask, balances, mine } = openBalances();
  await balances.hasAtLeast(walletOf(1), 10n);
  mine();
  const before = node.asked;
  hold();
  const answers = ask(2, 302);
  let isOver = false;
  void answers.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await vi.waitUntil(() => isOver || held.length > 0);
    held.shift()?.();
  }
  const refused = (await answers).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(300 - 64);
  expect(refused[0]).toMatchObject({ reason: { code: 'RPC_RATE_LIMITED' } });
  expect(node).toMatchObject({ asked: before + 64, most: 8, running: 0 });
});

test('behavior: what was refused in one block is answered in the next', async () => {
  const { ask, balances, mine } = openBalances();
  await ask(0, 64);
  await expect(balances.hasAtLeast(walletOf(64), 10n)).rejects.toMatchObject({
    shortMessage: 'Too many wallets asked for their balance in this block.',
  });
  // One that is known is told still.
  expect(await balances.hasAtLeast(walletOf(3), 10n)).toBe(false);
  mine();
  expect(await balances.hasAtLeast(walletOf(64), 10n)).toBe(false);
});

test('error: a failure counts as well, and holds no place', async () => {
  const { node, ask, balances, mine } = openBalances();
  await balances.hasAtLeast(walletOf(1), 10n);
  mine();
  const before = node.asked;
  node.isAway = true;
  await ask(0, 100);
  expect(node.asked).toBe(before + 64);
  node.isAway = false;
  mine();
  expect(await balances.hasAtLeast(walletOf(1), 10n)).toBe(false);
});
