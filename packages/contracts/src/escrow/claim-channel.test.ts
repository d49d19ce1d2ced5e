import { packClaimMessage } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers, splitSignature, textOf } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert, vectors } from '../../test/vectors.ts';
import {
  claimTimeout,
  escrowContract,
  getBlockNumber,
  getChannel,
  getEscrowEvents,
  sendContractTransaction,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { claim, escrowBalance, open } = createEscrowHelpers(() => chain);

describe('claimChannel', () => {
  test('default: keeps the channel, by the word of sender or signer, with either kind of v', async () => {
    const { client, mpe, provider, delegate } = chain;
    const { channelId } = await open({ amount: 110n });
    const before = await escrowBalance(provider.address);
    const { receipt } = await claim({ channelId, signed: 40n });
    expect(await escrowBalance(provider.address)).toBe(before + 40n);
    const [expected] = vectors.contract_behaviour.events['claim_keep'] ?? [];
    const block = receipt.blockNumber;
    const [event] = await getEscrowEvents(client, { mpe, fromBlock: block, toBlock: block });
    expect(textOf(event)).toMatchObject({ ...expected?.args, channelId: `${channelId}` });
    const toZero = (signature: Uint8Array) => signature.with(64, (signature[64] ?? 0) - 27);
    await claim({ channelId, nonce: 1n, signed: 30n, actual: 20n, by: delegate, change: toZero });
    expect(await getChannel(client, { mpe, channelId })).toMatchObject({ nonce: 2n, value: 50n });
  });

  test('args: sendBack ends the channel', async () => {
    const { client, mpe, payer } = chain;
    const { channelId } = await open({ amount: 110n });
    await claim({ channelId, signed: 40n });
    const before = await escrowBalance(payer.address);
    const signed = { channelId, nonce: 1n, signed: 30n, actual: 20n };
    const { receipt } = await claim({ ...signed, sendBack: true });
    expect(await escrowBalance(payer.address)).toBe(before + 50n);
    const channel = await getChannel(client, { mpe, channelId });
    expect(channel).toMatchObject({ nonce: 2n, value: 0n, expiration: 0n });
    const [expected] = vectors.contract_behaviour.events['claim_sendback'] ?? [];
    const block = receipt.blockNumber;
    const [event] = await getEscrowEvents(client, { mpe, fromBlock: block, toBlock: block });
    expect(textOf(event)).toMatchObject({ ...expected?.args, channelId: `${channelId}` });
  });

  test('error: every refusal of the contract', async () => {
    const { channelId } = await open({ amount: 50n });
    const { payer, provider } = chain;
    const cases = {
      'claim actual>planned': () => claim({ channelId, signed: 10n, actual: 11n }),
      'claim > channel value': () => claim({ channelId, signed: 51n }),
      'claim by non recipient': () => claim({ channelId, signed: 10n, from: payer }),
      'claim wrong signature': () => claim({ channelId, signed: 10n, by: provider }),
    };
    for (const [name, sent] of Object.entries(cases)) {
      const error = await failure(sent());
      expect([name, error.shortMessage]).toEqual([
        name,
        `MultiPartyEscrow.channelClaim reverts: ${expectedRevert(name)}`,
      ]);
    }
  });

  test('error: v of 0 or 1, when it reaches the contract', async () => {
    const { channelId } = await open();
    const { client, mpe, payer, provider } = chain;
    const message = packClaimMessage({ mpe, channelId, nonce: 0n, amount: 1n });
    const { r, s, v } = splitSignature(await payer.signMessage(message));
    const call = escrowContract.write('channelClaim', [channelId, 1n, 1n, v - 27, r, s, false]);
    const error = await failure(sendContractTransaction(client, provider, { address: mpe, call }));
    expect(error.shortMessage).toBe(
      `MultiPartyEscrow.channelClaim reverts: ${expectedRevert('claim v in {0,1}')}`,
    );
    const claims = [[1n, 2n], [1n], [1n], [false], [27], [r], [s]] as const;
    const many = escrowContract.write('multiChannelClaim', claims);
    const other = sendContractTransaction(client, provider, { address: mpe, call: many });
    expect((await failure(other)).shortMessage).toBe(
      `MultiPartyEscrow.multiChannelClaim reverts: ${expectedRevert('multi length mismatch')}`,
    );
  });

  test('error: a signature of another length', async () => {
    const options = { channelId: 0n, signed: 1n, change: (one: Uint8Array) => one.subarray(1) };
    expect((await failure(claim(options))).code).toBe('SIGNATURE_INVALID');
  });
});

describe('claimTimeout', () => {
  test('default: the rest goes back, and again on the empty channel', async () => {
    const { client, mpe, payer } = chain;
    const expiration = (await getBlockNumber(client)) + 5n;
    const { channelId } = await open({ amount: 33n, expiration });
    await claim({ channelId, signed: 3n });
    await chain.mine(5);
    const before = await escrowBalance(payer.address);
    const { receipt } = await claimTimeout(client, payer, { mpe, channelId });
    expect(await escrowBalance(payer.address)).toBe(before + 30n);
    const [expected] = vectors.contract_behaviour.events['claim_timeout'] ?? [];
    const block = receipt.blockNumber;
    const [event] = await getEscrowEvents(client, { mpe, fromBlock: block, toBlock: block });
    expect(textOf(event)).toMatchObject({ ...expected?.args, channelId: `${channelId}` });
    await claimTimeout(client, payer, { mpe, channelId });
  });

  test('error: too early, and by somebody else', async () => {
    const { client, mpe, payer, provider } = chain;
    const { channelId } = await open();
    const early = await failure(claimTimeout(client, payer, { mpe, channelId }));
    expect(early.shortMessage).toBe(
      `MultiPartyEscrow.channelClaimTimeout reverts: ${expectedRevert('timeout early')}`,
    );
    expect(early.hint).toBe('wait for the block in which the channel expires');
    const foreign = await failure(claimTimeout(client, provider, { mpe, channelId }));
    expect(foreign.shortMessage).toBe(
      `MultiPartyEscrow.channelClaimTimeout reverts: ${expectedRevert('timeout not sender')}`,
    );
  });
});
