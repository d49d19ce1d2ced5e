import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert } from '../../test/vectors.ts';
import {
  deposit,
  escrowContract,
  getChannel,
  openChannel,
  sendContractTransaction,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { allowance, open } = createEscrowHelpers(() => chain);

describe('openChannel', () => {
  test('default: from the escrow balance', async () => {
    const { client, mpe, token, payer, provider } = chain;
    await deposit(client, payer, { mpe, token, amount: 40n });
    const { channelId, event } = await openChannel(client, payer, {
      ...{ mpe, groupId, amount: 40n, expiration: 500n },
      recipient: provider.address,
    });
    expect(event).toMatchObject({ type: 'ChannelOpen', amount: 40n, nonce: 0n });
    expect(await getChannel(client, { mpe, channelId })).toEqual({
      id: channelId,
      nonce: 0n,
      sender: payer.address,
      signer: payer.address,
      recipient: provider.address,
      groupId,
      value: 40n,
      expiration: 500n,
    });
  });

  test('behavior: zero value and an expiration in the past are accepted', async () => {
    expect(expectedRevert('open zero value, past expiration')).toBe('(no revert)');
    const { client, mpe, payer, provider } = chain;
    const { channelId } = await openChannel(client, payer, {
      ...{ mpe, groupId, amount: 0n, expiration: 0n },
      recipient: provider.address,
    });
    expect(await getChannel(client, { mpe, channelId })).toMatchObject({ value: 0n });
  });

  test('error: not enough in the escrow', async () => {
    const { client, mpe, provider, payer } = chain;
    const options = { mpe, groupId, amount: 1n, expiration: 500n, recipient: payer.address };
    const error = await failure(openChannel(client, provider, options));
    expect(error.shortMessage).toBe(
      `MultiPartyEscrow.openChannel reverts: ${expectedRevert('open no balance')}`,
    );
    expect(error.hint).toBe('deposit the missing tokens into the escrow first');
  });

  test('error: the zero address as signer', async () => {
    const { client, mpe, provider, payer } = chain;
    const signer = `0x${'0'.repeat(40)}` as const;
    const options = { mpe, groupId, amount: 0n, expiration: 5n, recipient: payer.address, signer };
    const error = await failure(openChannel(client, provider, options));
    expect(expectedRevert('open zero signer')).toBe('');
    expect(error.shortMessage).toBe('MultiPartyEscrow.openChannel reverts: no reason given');
    expect(error.hint).toBe('the signer of the channel must not be the zero address');
  });

  test('error: a number that is none, before anything is asked', async () => {
    const { client, mpe, provider, payer } = chain;
    const options = { mpe, groupId, amount: -1n, expiration: 5n, recipient: payer.address };
    const error = await failure(openChannel(client, provider, options));
    expect(error.code).toBe('CONTRACT_ARGUMENT_INVALID');
    expect(error.shortMessage).toBe(
      'An argument of MultiPartyEscrow.openChannel cannot be encoded.',
    );
  });
});

describe('depositAndOpenChannel', () => {
  test('default: the id comes from the event of the escrow, after those of the token', async () => {
    const { client, mpe, token, payer, provider, delegate } = chain;
    const { channelId, receipt, event, approval } = await open({ amount: 60n });
    expect(receipt.logs.length).toBeGreaterThan(2);
    expect(receipt.logs[0]?.address).toBe(token.toLowerCase());
    expect(approval).toBeDefined();
    expect(event).toMatchObject({
      channelId,
      sender: payer.address,
      signer: delegate.address,
      recipient: provider.address,
      groupId,
      amount: 60n,
      blockNumber: receipt.blockNumber,
      transactionHash: receipt.transactionHash,
    });
    expect(await getChannel(client, { mpe, channelId })).toMatchObject({ value: 60n });
    expect(await allowance(payer.address)).toBe(0n);
  });
});

describe('getChannel', () => {
  test('behavior: an id that was never opened, funded or not', async () => {
    const { client, mpe, token, payer } = chain;
    expect(await getChannel(client, { mpe, channelId: 10_000n })).toBeUndefined();
    expect(expectedRevert('addFunds to non existing channel')).toBe('(no revert)');
    await deposit(client, payer, { mpe, token, amount: 1n });
    const call = escrowContract.write('channelAddFunds', [10_000n, 1n]);
    await sendContractTransaction(client, payer, { address: mpe, call });
    expect(await getChannel(client, { mpe, channelId: 10_000n })).toBeUndefined();
  });

  test('error: no contract at the address', async () => {
    const { client, provider } = chain;
    const mpe = provider.address;
    const error = await failure(getChannel(client, { mpe, channelId: 0n }));
    expect(error.code).toBe('CONTRACT_MISSING');
    expect(error.message).toBe(
      [
        'There is no MultiPartyEscrow contract at the address.',
        `Place: MultiPartyEscrow.channels at ${mpe}`,
      ].join('\n'),
    );
  });
});
