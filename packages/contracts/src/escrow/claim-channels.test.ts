import { packClaimMessage } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  type Claim,
  claimChannels,
  createChainClient,
  getChannels,
  type Signer,
} from '../index.ts';
import { splitClaims } from './split-claims.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { escrowBalance, open } = createEscrowHelpers(() => chain);

async function signedClaim(
  channelId: bigint,
  { amount = 10n, nonce = 0n, by = chain.payer as Signer, ...rest } = {},
): Promise<Claim> {
  const message = packClaimMessage({ mpe: chain.mpe, channelId, nonce, amount });
  return { channelId, signedAmount: amount, signature: await by.signMessage(message), ...rest };
}

async function openSome(count: number): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let index = 0; index < count; index++) ids.push((await open({ amount: 30n })).channelId);
  return ids;
}

describe('claimChannels', () => {
  test('default: many claims, one transaction', async () => {
    const { client, mpe, provider, anvil } = chain;
    await using server = await startRpcServer(() => false, anvil.rpcUrl);
    const observed = createChainClient({ rpcUrl: server.rpcUrl });
    const [first = 0n, second = 0n, third = 0n] = await openSome(3);
    const claims = [
      await signedClaim(first),
      { ...(await signedClaim(second)), actualAmount: 4n, sendBack: true },
      await signedClaim(third, { by: chain.delegate }),
    ];
    const before = await escrowBalance(provider.address);
    const outcomes = await claimChannels(observed, provider, { mpe, claims });
    expect(outcomes.map(({ status, claim }) => [status, claim.channelId])).toEqual([
      ['claimed', first],
      ['claimed', second],
      ['claimed', third],
    ]);
    expect(server.methods.filter((method) => method === 'eth_sendRawTransaction')).toHaveLength(1);
    expect((await escrowBalance(provider.address)) - before).toBe(24n);
    const channels = await getChannels(client, { mpe, channelIds: [first, second, third] });
    expect(channels.map((channel) => channel?.value)).toEqual([20n, 0n, 20n]);
  });

  test('behavior: one that the contract refuses is left out, with its reason', async () => {
    const { client, mpe, provider, payer } = chain;
    const [first = 0n, second = 0n, third = 0n] = await openSome(3);
    const claims = [
      await signedClaim(first),
      await signedClaim(second, { nonce: 1n }),
      await signedClaim(third, { amount: 31n }),
      await signedClaim(10_000n),
    ];
    const outcomes = await claimChannels(client, provider, { mpe, claims });
    const told = outcomes.map((outcome) =>
      outcome.status === 'claimed' ? outcome.status : [outcome.status, outcome.error.shortMessage],
    );
    expect(told).toEqual([
      'claimed',
      ['refused', 'MultiPartyEscrow.channelClaim reverts: Invalid signature'],
      ['refused', 'MultiPartyEscrow.channelClaim reverts: Insufficient channel amount'],
      ['refused', 'MultiPartyEscrow.channelClaim reverts: Insufficient channel amount'],
    ]);
    const [other] = await claimChannels(client, payer, {
      mpe,
      claims: [await signedClaim(second)],
    });
    expect(other).toMatchObject({
      status: 'refused',
      error: { shortMessage: 'MultiPartyEscrow.channelClaim reverts: Invalid recipient' },
    });
    expect(await claimChannels(client, provider, { mpe, claims: [] })).toEqual([]);
  });

  test('args: maxGas bounds each transaction', async () => {
    const { client, mpe, provider } = chain;
    const ids = await openSome(7);
    const claims = await Promise.all(ids.map((id) => signedClaim(id)));
    const maxGas = 250_000n;
    const outcomes = await claimChannels(client, provider, { mpe, claims, maxGas });
    const transactions = outcomes.flatMap((one) =>
      one.status === 'claimed' ? [one.transaction] : [],
    );
    const receipts = new Map(transactions.map(({ hash, receipt }) => [hash, receipt]));
    expect(transactions).toHaveLength(7);
    expect(receipts.size).toBe(3);
    for (const { gasUsed } of receipts.values()) expect(gasUsed < maxGas).toBe(true);
  });

  test('error: a channel twice, before anything is asked', async () => {
    const { client, mpe, provider } = chain;
    const claim = await signedClaim(7n);
    const twice = claimChannels(client, provider, { mpe, claims: [claim, claim] });
    expect((await failure(twice)).message).toBe(
      [
        'A channel is claimed twice at once.',
        'Place: channel 7',
        'Fix: Claim the highest amount that was signed for its nonce.',
      ].join('\n'),
    );
  });
});

test('behavior: splitClaims loses none, and a bound that is too small still claims one by one', () => {
  const numbers = Array.from({ length: 300 }, (_, index) => index);
  const batches = splitClaims(numbers, 8_000_000n);
  expect(batches.flat()).toEqual(numbers);
  expect(batches.map(({ length }) => length)).toEqual([122, 122, 56]);
  expect(splitClaims(numbers, 1n)).toHaveLength(300);
  expect(splitClaims([], 8_000_000n)).toEqual([]);
});
