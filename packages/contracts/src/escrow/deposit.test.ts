import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert } from '../../test/vectors.ts';
import { approve, deposit, escrowContract, sendContractTransaction, withdraw } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { allowance, escrowBalance, tokenBalance } = createEscrowHelpers(() => chain);

describe('deposit and withdraw', () => {
  test('default: an approval of exactly the amount, and nothing left over', async () => {
    const { client, mpe, token, payer } = chain;
    const before = await tokenBalance(payer.address);
    const { receipt, approval } = await deposit(client, payer, { mpe, token, amount: 50n });
    expect(receipt.status).toBe('success');
    expect(approval?.receipt.status).toBe('success');
    expect(await allowance(payer.address)).toBe(0n);
    expect(await escrowBalance(payer.address)).toBe(50n);
    await withdraw(client, payer, { mpe, amount: 50n });
    expect(await tokenBalance(payer.address)).toBe(before);
  });

  test('behavior: no approval when the escrow may take the tokens already', async () => {
    const { client, mpe, token, payer } = chain;
    await approve(client, payer, { token, spender: mpe, amount: 30n });
    const { approval } = await deposit(client, payer, { mpe, token, amount: 20n });
    expect(approval).toBeUndefined();
    expect(await allowance(payer.address)).toBe(10n);
    await withdraw(client, payer, { mpe, amount: 20n });
  });

  test('error: more than the account holds', async () => {
    const { client, mpe, token, provider } = chain;
    const poor = await failure(deposit(client, provider, { mpe, token, amount: 1n }));
    expect([poor.code, poor.message]).toEqual([
      'FUNDS_MISSING',
      [
        'The account does not hold that many tokens.',
        `Place: ${provider.address}, token ${token}`,
        'Expected: 1 cogs',
        'Found: 0 cogs',
        'Fix: Send tokens to this account, or move a smaller amount.',
      ].join('\n'),
    ]);
    expect(await allowance(provider.address)).toBe(0n);
    // What was approved before makes no difference; the escrow itself says less.
    await approve(client, provider, { token, spender: mpe, amount: 1n });
    const again = await failure(deposit(client, provider, { mpe, token, amount: 1n }));
    expect(again.code).toBe('FUNDS_MISSING');
    const call = escrowContract.write('deposit', [1n]);
    const error = await failure(sendContractTransaction(client, provider, { address: mpe, call }));
    expect(error.code).toBe('CONTRACT_REVERTED');
    expect(error.message.replace(mpe, '<mpe>')).toBe(
      [
        `MultiPartyEscrow.deposit reverts: ${expectedRevert('deposit w/o allowance')}`,
        'Place: MultiPartyEscrow.deposit at <mpe>',
        'Fix: the account does not hold that many tokens',
      ].join('\n'),
    );
  });

  test('error: a token that the escrow does not hold is not approved', async () => {
    const { client, mpe, token, registry, payer } = chain;
    const wrong = { mpe, token: mpe, amount: 1n };
    expect((await failure(deposit(client, payer, wrong))).code).toBe('CONTRACT_REVERTED');
    // Another contract with the same code.
    const other = '0x00000000000000000000000000000000000070CE';
    await chain.send('anvil_setCode', other, await chain.send('eth_getCode', token, 'latest'));
    const error = await failure(deposit(client, payer, { mpe, token: other, amount: 1n }));
    expect(error.message).toBe(
      [
        'The escrow does not hold the token at this address.',
        `Place: token of the escrow ${mpe}`,
        `Expected: ${token}`,
        `Found: ${other}`,
        'Fix: Give the token address of the network, and check the address of the escrow.',
      ].join('\n'),
    );
    const noEscrow = await failure(deposit(client, payer, { mpe: registry, token, amount: 1n }));
    expect(noEscrow.code).toBe('CONTRACT_REVERTED');
  });

  test('error: withdraw more than is there', async () => {
    const { client, mpe, provider } = chain;
    const error = await failure(withdraw(client, provider, { mpe, amount: 1n }));
    expect(error.message.replace(mpe, '<mpe>')).toBe(
      [
        `MultiPartyEscrow.withdraw reverts: ${expectedRevert('withdraw too much')}`,
        'Place: MultiPartyEscrow.withdraw at <mpe>',
        'Fix: deposit the missing tokens into the escrow first',
      ].join('\n'),
    );
  });
});
