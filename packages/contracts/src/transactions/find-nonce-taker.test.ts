import type { Hex } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { findNonceTaker } from './find-nonce-taker.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

test('default: each nonce of an account, wherever its block is', async () => {
  const { client, provider, payer } = chain;
  const address = provider.address;
  const sent: Hex[] = [];
  for (const blocks of [0, 1, 2, 3, 50]) {
    const fields = { from: address, to: payer.address, value: '0x1' };
    sent.push((await chain.send('eth_sendTransaction', fields)) as Hex);
    await chain.mine(blocks);
  }
  const found = await Promise.all(
    sent.map((_, nonce) => findNonceTaker(client, { address, nonce })),
  );
  expect(found.map((one) => one?.hash)).toEqual(sent);
  expect(found.map((one) => one?.nonce)).toEqual([0, 1, 2, 3, 4]);
  // The next one is not used up.
  expect(await findNonceTaker(client, { address, nonce: 5 })).toBeUndefined();
});
