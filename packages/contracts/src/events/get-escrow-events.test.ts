import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { refuse, reply, startRpcServer } from '../../test/rpc-server.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  addFunds,
  claimTimeout,
  createChainClient,
  extendAndAddFunds,
  extendChannel,
  getBlockNumber,
  getEscrowEvents,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { claim, open } = createEscrowHelpers(() => chain);

describe('getEscrowEvents', () => {
  test('default: every kind, in order, with one request', async () => {
    const { anvil, client, mpe, token, payer, provider, delegate } = chain;
    const fromBlock = (await getBlockNumber(client)) + 1n;
    const expiration = fromBlock + 8n;
    const { channelId, receipt } = await open({ amount: 50n, expiration });
    await addFunds(client, payer, { mpe, token, channelId, amount: 5n });
    await extendChannel(client, payer, { mpe, channelId, expiration });
    await claim({ channelId, signed: 20n });
    await claimTimeout(client, payer, { mpe, channelId }).catch(() => undefined);
    await chain.mine(9);
    await claimTimeout(client, payer, { mpe, channelId });

    await using server = await startRpcServer(() => false, anvil.rpcUrl);
    const observed = createChainClient({ rpcUrl: server.rpcUrl });
    const toBlock = await getBlockNumber(client);
    const events = await getEscrowEvents(observed, { mpe, fromBlock, toBlock });
    expect(server.methods).toEqual(['eth_getLogs']);
    expect(
      events.map(({ blockHash, transactionHash, logIndex, blockNumber, ...rest }) => rest),
    ).toEqual([
      {
        type: 'ChannelOpen',
        channelId,
        nonce: 0n,
        sender: payer.address,
        signer: delegate.address,
        recipient: provider.address,
        groupId,
        amount: 50n,
        expiration,
      },
      { type: 'ChannelAddFunds', channelId, additionalFunds: 5n },
      { type: 'ChannelExtend', channelId, newExpiration: expiration },
      {
        type: 'ChannelClaim',
        channelId,
        nonce: 1n,
        recipient: provider.address,
        claimAmount: 20n,
        plannedAmount: 20n,
        sendBackAmount: 0n,
        keepAmount: 35n,
      },
      { type: 'ChannelSenderClaim', channelId, nonce: 2n, claimAmount: 0n },
    ]);
    expect(events[0]).toMatchObject({
      blockNumber: receipt.blockNumber,
      blockHash: receipt.blockHash,
      transactionHash: receipt.transactionHash,
      logIndex: receipt.logs.length - 1,
    });
  });

  test('behavior: two events of one transaction, and none outside the range', async () => {
    const { client, mpe, token, payer } = chain;
    const { channelId } = await open();
    const options = { mpe, token, channelId, amount: 1n, expiration: 10n ** 7n };
    const { receipt } = await extendAndAddFunds(client, payer, options);
    const { blockNumber: block } = receipt;
    const events = await getEscrowEvents(client, { mpe, fromBlock: block, toBlock: block });
    expect(events.map(({ type }) => type)).toEqual(['ChannelExtend', 'ChannelAddFunds']);
    await chain.mine(1);
    const next = { mpe, fromBlock: block + 1n, toBlock: block + 1n };
    expect(await getEscrowEvents(client, next)).toEqual([]);
  });

  test('error: logs that were not asked for, or that are none', async () => {
    const { client, mpe, payer } = chain;
    const { receipt } = await open();
    const log = receipt.logs.at(-1);
    const raw = {
      ...log,
      blockNumber: `0x${receipt.blockNumber.toString(16)}`,
      logIndex: '0x0',
    };
    const block = receipt.blockNumber;
    const range = { mpe, fromBlock: block, toBlock: block };
    const answers: [unknown, string][] = [
      [[raw], ''],
      [[{ ...raw, address: payer.address }], 'The chain answered a log that was not asked for.'],
      [[{ ...raw, blockNumber: '0x1' }], 'The chain answered a log that was not asked for.'],
      [[{ ...raw, topics: [] }], 'The chain answered a log that was not asked for.'],
      [[{ ...raw, data: '0x00' }], 'The event ChannelOpen cannot be decoded.'],
      [[{ ...raw, data: '0xzz' }], 'The chain answered no logs.'],
      [[{ ...raw, blockNumber: null }], 'The chain answered no number for blockNumber of a log.'],
      [[null], 'The chain answered no logs.'],
      ['0x', 'The chain answered no logs.'],
    ];
    for (const [answer, expected] of answers) {
      await using server = await startRpcServer((request, response) =>
        reply(response, request, answer),
      );
      const lying = createChainClient({ rpcUrl: server.rpcUrl });
      const events = getEscrowEvents(lying, range);
      if (expected === '') {
        expect(await events).toHaveLength(1);
        continue;
      }
      const { code, shortMessage } = await failure(events);
      expect([code, shortMessage]).toEqual(['RPC_ANSWER_INVALID', expected]);
    }
    expect(await getEscrowEvents(client, range)).toHaveLength(1);
  });

  test('error: a range that the endpoint refuses', async () => {
    await using server = await startRpcServer((request, response) =>
      refuse(response, request, {
        code: -32005,
        message: 'query returned more than 10000 results',
      }),
    );
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const { mpe } = chain;
    const error = await failure(getEscrowEvents(client, { mpe, fromBlock: 0n, toBlock: 9n }));
    expect(error.message.replace(server.host, '<host>')).toBe(
      [
        'The chain refused eth_getLogs: query returned more than 10000 results.',
        'Place: <host>',
        'Found: JSON-RPC error -32005',
      ].join('\n'),
    );
  });
});
