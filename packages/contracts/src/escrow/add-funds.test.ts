import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert } from '../../test/vectors.ts';
import { addFunds, deposit, extendAndAddFunds, extendChannel, getChannel } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { escrowBalance, open, tokenBalance } = createEscrowHelpers(() => chain);

describe('addFunds, extendChannel, extendAndAddFunds', () => {
  test('default: funds and time', async () => {
    const { client, mpe, token, payer } = chain;
    const { channelId } = await open({ amount: 10n, expiration: 1000n });
    const funded = await addFunds(client, payer, { mpe, token, channelId, amount: 5n });
    expect(funded.deposit?.approval).toBeDefined();
    await extendChannel(client, payer, { mpe, channelId, expiration: 2000n });
    await extendAndAddFunds(client, payer, {
      mpe,
      token,
      channelId,
      amount: 1n,
      expiration: 3000n,
    });
    const channel = await getChannel(client, { mpe, channelId });
    expect(channel).toMatchObject({ value: 16n, expiration: 3000n, nonce: 0n });
    expect(await escrowBalance(payer.address)).toBe(0n);
  });

  test('behavior: only what the escrow balance lacks is deposited', async () => {
    const { client, mpe, token, payer } = chain;
    const { channelId } = await open();
    await deposit(client, payer, { mpe, token, amount: 3n });
    const before = await tokenBalance(payer.address);
    await addFunds(client, payer, { mpe, token, channelId, amount: 5n });
    expect(before - (await tokenBalance(payer.address))).toBe(2n);
    await deposit(client, payer, { mpe, token, amount: 4n });
    const { deposit: none } = await addFunds(client, payer, { mpe, token, channelId, amount: 4n });
    expect(none).toBeUndefined();
  });

  test('behavior: an equal expiration is accepted', async () => {
    expect(expectedRevert('extend equal')).toBe('(no revert)');
    const { client, mpe, payer } = chain;
    const { channelId } = await open({ expiration: 777n });
    await extendChannel(client, payer, { mpe, channelId, expiration: 777n });
  });

  test('error: by somebody else, and backwards', async () => {
    const { client, mpe, payer, delegate } = chain;
    const { channelId } = await open({ expiration: 777n });
    const foreign = extendChannel(client, delegate, { mpe, channelId, expiration: 778n });
    expect((await failure(foreign)).shortMessage).toBe(
      `MultiPartyEscrow.channelExtend reverts: ${expectedRevert('extend by signer')}`,
    );
    const lower = extendChannel(client, payer, { mpe, channelId, expiration: 776n });
    expect((await failure(lower)).shortMessage).toBe(
      `MultiPartyEscrow.channelExtend reverts: ${expectedRevert('extend lower')}`,
    );
  });

  test('error: a channel that nobody has opened, before anything is sent', async () => {
    const { client, mpe, token, payer } = chain;
    const before = await tokenBalance(payer.address);
    const options = { mpe, token, channelId: 10_000n, amount: 1n };
    const error = await failure(addFunds(client, payer, options));
    expect([error.code, error.message.replace(mpe, '<mpe>')]).toEqual([
      'CHANNEL_UNKNOWN',
      ['Nobody has opened the channel; funds would be lost.', 'Place: channel 10000 of <mpe>'].join(
        '\n',
      ),
    ]);
    const both = extendAndAddFunds(client, payer, { ...options, expiration: 1n, token: undefined });
    expect((await failure(both)).shortMessage).toBe(
      'MultiPartyEscrow.channelExtendAndAddFunds reverts: Sender not authorized',
    );
    expect(await tokenBalance(payer.address)).toBe(before);
  });

  test('error: without a token nothing is deposited', async () => {
    const { client, mpe, payer } = chain;
    const { channelId } = await open();
    const error = await failure(addFunds(client, payer, { mpe, channelId, amount: 10n ** 6n }));
    expect(error.shortMessage).toBe(
      'MultiPartyEscrow.channelAddFunds reverts: Insufficient balance in the contract',
    );
  });
});
