import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { refuse, startRpcServer } from '../../test/rpc-server.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { createChainClient, findChannels, openChannel, scanChannels } from '../index.ts';

let chain: TestChain;
const opened: bigint[] = [];
beforeAll(async () => {
  chain = await startTestChain();
  const { client, mpe, payer, provider, delegate } = chain;
  const { open } = createEscrowHelpers(() => chain);
  for (let i = 0; i < 3; i++) {
    opened.push((await open({ amount: 1n })).channelId);
    await chain.mine(40);
  }
  // Channels of somebody else, to somebody else, and of another group.
  const common = { mpe, groupId, amount: 0n, expiration: 9n };
  await openChannel(client, delegate, { ...common, recipient: provider.address });
  await openChannel(client, payer, { ...common, recipient: delegate.address });
  const other = `0x${'cd'.repeat(32)}` as const;
  await openChannel(client, payer, { ...common, groupId: other, recipient: provider.address });
});
afterAll(() => chain[Symbol.asyncDispose]());

const filter = () => {
  const { mpe, payer, provider } = chain;
  return { mpe, groupId, sender: payer.address, recipient: provider.address, fromBlock: 0n };
};

describe('findChannels', () => {
  test('default: by sender, recipient and group, with one request for logs', async () => {
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const found = await findChannels(client, filter());
    expect(found.map(({ channelId }) => channelId)).toEqual(opened);
    expect(found[0]).toMatchObject({
      type: 'ChannelOpen',
      sender: chain.payer.address,
      signer: chain.delegate.address,
      recipient: chain.provider.address,
      groupId,
    });
    expect(server.methods).toEqual(['eth_blockNumber', 'eth_getLogs']);
  });

  test('args: each filter may be left out', async () => {
    const { client } = chain;
    const { sender, recipient, ...rest } = filter();
    const count = async (options: Parameters<typeof findChannels>[1]) =>
      (await findChannels(client, options)).length;
    expect(await count({ ...rest, sender })).toBe(4);
    expect(await count({ ...rest, recipient })).toBe(4);
    expect(await count({ mpe: rest.mpe, sender, recipient, fromBlock: 0n })).toBe(4);
    expect(await count({ mpe: rest.mpe, fromBlock: 0n })).toBe(6);
  });

  test('args: fromBlock and toBlock', async () => {
    const { client } = chain;
    const all = await findChannels(client, filter());
    const [, second] = all;
    const block = second?.blockNumber ?? 0n;
    const found = await findChannels(client, { ...filter(), fromBlock: block, toBlock: block });
    expect(found).toEqual([second]);
  });

  test('behavior: an endpoint with a limited range', async () => {
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_getLogs') return false;
      const [{ fromBlock, toBlock }] = request.params as [{ fromBlock: string; toBlock: string }];
      if (Number(toBlock) - Number(fromBlock) < 10) return false;
      return refuse(response, request, { code: -32602, message: 'block range exceeds 10' });
    }, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const found = await findChannels(client, filter());
    expect(found.map(({ channelId }) => channelId)).toEqual(opened);
  });

  test('behavior: a scan that was stopped goes on where it ended', async () => {
    const { client } = chain;
    const found: bigint[] = [];
    let fromBlock = 0n;
    for await (const range of scanChannels(client, { ...filter(), maxRange: 30n })) {
      found.push(...range.channels.map(({ channelId }) => channelId));
      fromBlock = range.toBlock + 1n;
      if (found.length === 1) break;
    }
    expect(fromBlock % 30n).toBe(0n);
    const rest = await findChannels(client, { ...filter(), fromBlock });
    expect([...found, ...rest.map(({ channelId }) => channelId)]).toEqual(opened);
  });

  test('error: aborted between two ranges', async () => {
    const { client } = chain;
    const controller = new AbortController();
    const scan = scanChannels(client, { ...filter(), maxRange: 30n, signal: controller.signal });
    expect((await scan.next()).value?.toBlock).toBe(29n);
    controller.abort();
    expect((await failure(scan.next())).code).toBe('ABORTED');
  });

  test('error: a filter that is none', async () => {
    const { client } = chain;
    const error = await failure(findChannels(client, { ...filter(), groupId: '0x12' }));
    expect(error.message).toBe(
      [
        'The groupId of the events cannot be used.',
        'Expected: 0x and 64 hexadecimal digits',
        'Found: 0x12',
      ].join('\n'),
    );
    const sender = await failure(findChannels(client, { ...filter(), sender: '0x12' }));
    expect(sender.code).toBe('CONTRACT_ARGUMENT_INVALID');
  });
});
