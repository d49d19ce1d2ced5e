import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { startSending, whileNothingIsMined } from '../../test/waiting-chain.ts';
import {
  addFunds,
  approve,
  createMemoryJournal,
  deposit,
  depositAndOpenChannel,
  getAllowance,
  getChannel,
  getEscrowBalance,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const balance = () =>
  getEscrowBalance(chain.client, { mpe: chain.mpe, account: chain.payer.address });
const allowance = () => {
  const { client, token, payer, mpe } = chain;
  return getAllowance(client, { token, owner: payer.address, spender: mpe });
};

describe('approvals', () => {
  test('default: of nothing, exactly the amount; of something, exactly the rest', async () => {
    const { client, payer, mpe, token } = chain;
    const purposes: string[] = [];
    const onSent = (_hash: string, { purpose }: { purpose: string }) => purposes.push(purpose);
    await deposit(client, payer, { mpe, token, amount: 10n, onSent });
    expect(await allowance()).toBe(0n);
    await approve(client, payer, { token, spender: mpe, amount: 4n });
    const { approval } = await deposit(client, payer, { mpe, token, amount: 10n, onSent });
    expect(purposes).toEqual([
      ...['Token.approve', 'MultiPartyEscrow.deposit'],
      ...['Token.increaseAllowance', 'MultiPartyEscrow.deposit'],
    ]);
    expect(approval?.receipt.logs).toHaveLength(1);
    expect(await allowance()).toBe(0n);
    expect(await balance()).toBe(20n);
  });

  test('behavior: deposits at the same time do not take each other their allowance', async () => {
    const { client, payer, mpe, token } = chain;
    const before = await balance();
    const amounts = [1n, 2n, 3n, 4n];
    await Promise.all(amounts.map((amount) => deposit(client, payer, { mpe, token, amount })));
    expect(await balance()).toBe(before + 10n);
    expect(await allowance()).toBe(0n);
  });

  test('behavior: an approval that an earlier call left is waited for, not repeated', async () => {
    const { client, payer, mpe, token } = chain;
    const journal = createMemoryJournal();
    const controller = new AbortController();
    const before = await balance();
    const wanted = { mpe, token, amount: 6n, journal };
    await whileNothingIsMined(chain, async () => {
      const left = await startSending((options) =>
        deposit(client, payer, { ...wanted, ...options, signal: controller.signal }),
      );
      controller.abort();
      expect((await failure(left.result)).code).toBe('ABORTED');
    });
    const purposes: unknown[] = [];
    await deposit(client, payer, {
      ...wanted,
      onSent: (_hash, { purpose, isResumed }) => purposes.push([purpose, isResumed]),
    });
    expect(purposes).toEqual([
      ['Token.approve', true],
      ['MultiPartyEscrow.deposit', false],
    ]);
    expect(await balance()).toBe(before + 6n);
    expect(await allowance()).toBe(0n);
  });
});

describe('deposits', () => {
  const open = async () => {
    const { client, payer, mpe, token, provider } = chain;
    const recipient = provider.address;
    const channel = { recipient, groupId, amount: 1n, expiration: 10n ** 6n };
    return (await depositAndOpenChannel(client, payer, { mpe, token, ...channel })).channelId;
  };

  test('behavior: at the same time, each counts only what is its own', async () => {
    const { client, payer, mpe, token } = chain;
    const channelId = await open();
    const before = await balance();
    await Promise.all(
      [30n, 40n].map((amount) => addFunds(client, payer, { mpe, token, channelId, amount })),
    );
    expect(await balance()).toBe(0n);
    const channel = await getChannel(client, { mpe, channelId });
    expect(channel?.value).toBe(71n);
    expect(before).toBeLessThan(70n);
  });

  test('behavior: with a key, what was funded is not deposited for again', async () => {
    const { client, payer, mpe, token } = chain;
    const channelId = await open();
    const journal = createMemoryJournal();
    const options = { mpe, token, channelId, amount: 50n, journal, key: 'top up' };
    const first = await addFunds(client, payer, options);
    expect(first.deposit).toBeDefined();
    const again = await addFunds(client, payer, options);
    expect([again.hash, again.isResumed, again.deposit]).toEqual([first.hash, true, undefined]);
    expect(await balance()).toBe(0n);
    expect((await getChannel(client, { mpe, channelId }))?.value).toBe(51n);
  });

  test('behavior: opening with a key opens one channel', async () => {
    const { client, payer, mpe, token, provider } = chain;
    const journal = createMemoryJournal();
    const options = {
      ...{ mpe, token, recipient: provider.address, groupId, amount: 5n, expiration: 10n ** 6n },
      ...{ journal, key: 'open' },
    };
    const first = await depositAndOpenChannel(client, payer, options);
    const again = await depositAndOpenChannel(client, payer, options);
    expect(again.channelId).toBe(first.channelId);
    expect([first.approval === undefined, again.approval]).toEqual([false, undefined]);
    expect(await allowance()).toBe(0n);
  });
});
