import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { initialTokens, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { vectors } from '../../test/vectors.ts';
import { approve, getEscrowToken, getTokenInfo, transferTokens } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { allowance, tokenBalance } = createEscrowHelpers(() => chain);

describe('token', () => {
  test('default: symbol and decimals', async () => {
    const { client, token, mpe } = chain;
    expect(await getTokenInfo(client, { token })).toEqual({
      symbol: 'AGIX',
      decimals: vectors.contract_behaviour.decimals.agix,
    });
    expect(await getEscrowToken(client, { mpe })).toBe(token);
  });

  test('default: transfer', async () => {
    const { client, token, payer, delegate } = chain;
    await transferTokens(client, payer, { token, recipient: delegate.address, amount: 7n });
    expect(await tokenBalance(delegate.address)).toBe(7n);
    await transferTokens(client, delegate, { token, recipient: payer.address, amount: 7n });
    expect(await tokenBalance(payer.address)).toBe(initialTokens);
  });

  test('default: approve replaces what was allowed', async () => {
    const { client, token, mpe, payer } = chain;
    await approve(client, payer, { token, spender: mpe, amount: 9n });
    await approve(client, payer, { token, spender: mpe, amount: 4n });
    expect(await allowance(payer.address)).toBe(4n);
  });
});
