import { formatTokens, parseAmount } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { initialTokens, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { vectors } from '../../test/vectors.ts';
import {
  approve,
  burnTokens,
  burnTokensFrom,
  decreaseAllowance,
  deposit,
  getEscrowToken,
  getTokenInfo,
  getTokenName,
  getTokenSupply,
  increaseAllowance,
  isTokenPaused,
  mintTokens,
  pauseToken,
  transferTokens,
  transferTokensFrom,
  unpauseToken,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { allowance, tokenBalance } = createEscrowHelpers(() => chain);

/** What the token says, and what we say to it. */
const refusal = async (sent: Promise<unknown>) => {
  const { code, shortMessage, hint } = await failure(sent);
  return [code, shortMessage, hint];
};

describe('token', () => {
  test('default: name, symbol, decimals, supply', async () => {
    const { client, token, mpe } = chain;
    expect(await getTokenInfo(client, { token })).toEqual({
      symbol: 'AGIX',
      decimals: vectors.contract_behaviour.decimals.agix,
    });
    expect(await getTokenName(client, { token })).toBe('SingularityNET');
    expect(await getTokenSupply(client, { token })).toBe(initialTokens);
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

  test('default: increase and decrease what is allowed', async () => {
    const { client, token, mpe: spender, payer } = chain;
    await approve(client, payer, { token, spender, amount: 4n });
    await increaseAllowance(client, payer, { token, spender, amount: 6n });
    expect(await allowance(payer.address)).toBe(10n);
    await decreaseAllowance(client, payer, { token, spender, amount: 9n });
    expect(await allowance(payer.address)).toBe(1n);
    expect(await refusal(decreaseAllowance(client, payer, { token, spender, amount: 2n }))).toEqual(
      [
        'CONTRACT_REVERTED',
        'Token.decreaseAllowance reverts: ERC20: decreased allowance below zero',
        'take away at most what is allowed',
      ],
    );
    await approve(client, payer, { token, spender, amount: 0n });
  });

  test('default: transferTokensFrom takes what is allowed, no more', async () => {
    const { client, token, payer, provider, delegate } = chain;
    await approve(client, payer, { token, spender: delegate.address, amount: 5n });
    const [owner, recipient] = [payer.address, provider.address];
    await transferTokensFrom(client, delegate, { token, owner, recipient, amount: 3n });
    expect(await tokenBalance(recipient)).toBe(3n);
    const more = { token, owner, recipient, amount: 3n };
    expect(await refusal(transferTokensFrom(client, delegate, more))).toEqual([
      'CONTRACT_REVERTED',
      'Token.transferFrom reverts: ERC20: transfer amount exceeds allowance',
      'approve the escrow contract for the amount first',
    ]);
    await transferTokens(client, provider, { token, recipient: owner, amount: 3n });
  });

  test('default: mint and burn', async () => {
    const { client, token, payer, provider, delegate } = chain;
    await mintTokens(client, payer, { token, recipient: provider.address, amount: 9n });
    await burnTokens(client, provider, { token, amount: 2n });
    await approve(client, provider, { token, spender: delegate.address, amount: 7n });
    await burnTokensFrom(client, delegate, { token, owner: provider.address, amount: 3n });
    expect(await tokenBalance(provider.address)).toBe(4n);
    expect(await getTokenSupply(client, { token })).toBe(initialTokens + 4n);
    const refusals = await Promise.all([
      refusal(burnTokens(client, provider, { token, amount: 5n })),
      refusal(burnTokensFrom(client, delegate, { token, owner: provider.address, amount: 5n })),
      refusal(mintTokens(client, provider, { token, recipient: provider.address, amount: 5n })),
    ]);
    expect(refusals.map(([, ...rest]) => rest)).toEqual([
      [
        'Token.burn reverts: ERC20: burn amount exceeds balance',
        'the account does not hold that many tokens',
      ],
      [
        'Token.burnFrom reverts: ERC20: burn amount exceeds allowance',
        'the owner has to approve the signer for the amount first',
      ],
      [
        'Token.mint reverts: ERC20PresetMinterPauser: must have minter role to mint',
        'send it from an account with the minter role',
      ],
    ]);
    await burnTokens(client, provider, { token, amount: 4n });
  });

  test('default: while it is paused, nothing comes into the escrow', async () => {
    const { client, token, mpe, payer, provider } = chain;
    expect(await isTokenPaused(client, { token })).toBe(false);
    await pauseToken(client, payer, { token });
    expect(await isTokenPaused(client, { token })).toBe(true);
    expect(await refusal(deposit(client, payer, { mpe, token, amount: 1n }))).toEqual([
      'CONTRACT_REVERTED',
      'MultiPartyEscrow.deposit reverts: ERC20Pausable: token transfer while paused',
      'transfers of the token are paused; wait',
    ]);
    expect((await refusal(pauseToken(client, payer, { token })))[1]).toBe(
      'Token.pause reverts: Pausable: paused',
    );
    await unpauseToken(client, payer, { token });
    expect(await isTokenPaused(client, { token })).toBe(false);
    expect((await refusal(unpauseToken(client, provider, { token })))[1]).toBe(
      'Token.unpause reverts: ERC20PresetMinterPauser: must have pauser role to unpause',
    );
  });
});

test.each(vectors.token_amounts)('vectors: $amount $token', async (vector) => {
  const { token: symbol, decimals, amount, cogs } = vector;
  const token = { symbol, decimals };
  if (cogs === null) {
    expect(() => parseAmount(amount, token)).toThrow('decimals');
    return;
  }
  expect(parseAmount(`${amount} ${symbol}`, token)).toBe(BigInt(cogs));
  expect(formatTokens(BigInt(cogs), decimals)).toBe(amount);
});
