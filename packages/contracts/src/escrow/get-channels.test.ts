import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { addFunds, getBlockNumber, getChannel, getChannels, getNextChannelId } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain({ multicall: true });
});
afterAll(() => chain[Symbol.asyncDispose]());

const { open } = createEscrowHelpers(() => chain);

describe('getChannels', () => {
  test('default: in the order of the ids, undefined where there is none', async () => {
    const { client, mpe } = chain;
    const [one, other] = [await open({ amount: 1n }), await open({ amount: 2n })];
    const channelIds = [other.channelId, 10_000n, one.channelId];
    expect(await getChannels(client, { mpe, channelIds })).toEqual([
      await getChannel(client, { mpe, channelId: other.channelId }),
      undefined,
      await getChannel(client, { mpe, channelId: one.channelId }),
    ]);
    expect(await getChannels(client, { mpe, channelIds: [] })).toEqual([]);
  });

  test('args: blockNumber', async () => {
    const { client, mpe, payer, token } = chain;
    const { channelId } = await open({ amount: 1n });
    const blockNumber = await getBlockNumber(client);
    await addFunds(client, payer, { mpe, token, channelId, amount: 5n });
    const [then] = await getChannels(client, { mpe, channelIds: [channelId], blockNumber });
    const [now] = await getChannels(client, { mpe, channelIds: [channelId] });
    expect([then?.value, now?.value]).toEqual([1n, 6n]);
  });

  test('error: no contract at the address', async () => {
    const { client, provider } = chain;
    const mpe = provider.address;
    const error = await failure(getChannels(client, { mpe, channelIds: [1n, 2n] }));
    expect(error.code).toBe('CONTRACT_MISSING');
  });
});

test('default: getNextChannelId counts the channels that were ever opened', async () => {
  const { client, mpe } = chain;
  const { channelId } = await open();
  expect(await getNextChannelId(client, { mpe })).toBe(channelId + 1n);
});
