import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { decodeEscrowEvent, deposit, transferEscrowBalance } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { escrowBalance } = createEscrowHelpers(() => chain);

describe('transferEscrowBalance', () => {
  test('default: from one balance to another, within the escrow', async () => {
    const { client, mpe, token, payer, provider } = chain;
    await deposit(client, payer, { mpe, token, amount: 10n });
    const recipient = provider.address;
    const { receipt } = await transferEscrowBalance(client, payer, { mpe, recipient, amount: 4n });
    expect(await escrowBalance(payer.address)).toBe(6n);
    expect(await escrowBalance(recipient)).toBe(4n);
    expect(receipt.logs.map((log) => decodeEscrowEvent(log, mpe))).toMatchObject([
      { type: 'TransferFunds', sender: payer.address, receiver: recipient, amount: 4n },
    ]);
  });

  test('error: more than the balance', async () => {
    const { client, mpe, payer, delegate } = chain;
    const options = { mpe, recipient: payer.address, amount: 1n };
    const error = await failure(transferEscrowBalance(client, delegate, options));
    expect(error.message.replace(mpe, '<mpe>')).toBe(
      [
        'MultiPartyEscrow.transfer reverts: Insufficient balance in the contract',
        'Place: MultiPartyEscrow.transfer at <mpe>',
        'Fix: deposit the missing tokens into the escrow first',
      ].join('\n'),
    );
  });
});
