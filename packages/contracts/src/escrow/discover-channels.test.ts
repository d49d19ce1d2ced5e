import { parseJson, stringifyJson } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { fail, startRpcServer } from '../../test/rpc-server.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  createChainClient,
  type DiscoveryCursor,
  discoverChannels,
  getBlockNumber,
  openChannel,
} from '../index.ts';

let chain: TestChain;
const opened: bigint[] = [];
beforeAll(async () => {
  chain = await startTestChain();
  for (let i = 0; i < 4; i++) {
    opened.push(await openOwn());
    await chain.mine(50);
  }
});
afterAll(() => chain[Symbol.asyncDispose]());

const { open } = createEscrowHelpers(() => chain);
const openOwn = async () => (await open({ amount: 1n })).channelId;
const own = () => ({ mpe: chain.mpe, sender: chain.payer.address, fromBlock: 0n });

/** Searches to the end, or to where it breaks. */
async function search(
  client: TestChain['client'],
  options: Partial<Parameters<typeof discoverChannels>[1]> = {},
) {
  let cursor: DiscoveryCursor | undefined;
  const found: bigint[] = [];
  const ranges: bigint[] = [];
  let error: unknown;
  try {
    for await (const range of discoverChannels(client, { ...own(), ...options })) {
      cursor = range.cursor;
      found.push(...range.found.map(({ channelId }) => channelId));
      ranges.push(range.toBlock);
    }
  } catch (cause) {
    error = cause;
  }
  return { cursor, found, ranges, error };
}

describe('discoverChannels', () => {
  test('default: all channels of a sender, and a cursor that a later search goes on from', async () => {
    const { client, anvil, mpe, provider, delegate } = chain;
    const head = await getBlockNumber(client);
    const { cursor, found } = await search(client, { overlap: 10n });
    expect(found).toEqual(opened);
    expect(cursor).toMatchObject({ nextBlock: head - 9n, channelIds: opened });
    expect(cursor?.head.blockNumber).toBe(head);

    // Somebody else's is none of ours, and a new one of ours is found alone.
    const options = { mpe, groupId, amount: 0n, expiration: 9n, recipient: provider.address };
    await openChannel(client, delegate, options);
    const another = await openOwn();
    opened.push(another);
    const asked: string[] = [];
    await using server = await startRpcServer((request) => {
      if (request.method !== 'eth_getLogs') return false;
      asked.push((request.params as [{ fromBlock: string }])[0].fromBlock);
      return false;
    }, anvil.rpcUrl);
    const observed = createChainClient({ rpcUrl: server.rpcUrl });
    // As a caller may keep it.
    const {
      nextBlock,
      channelIds,
      head: anchor,
    } = parseJson(stringifyJson(cursor as never)) as unknown as Record<string, number> & {
      channelIds: number[];
      head: never;
    };
    const kept = {
      nextBlock: BigInt(nextBlock ?? 0),
      channelIds: channelIds.map(BigInt),
      head: { ...(anchor as DiscoveryCursor['head']), blockNumber: head },
    };
    const later = await search(observed, { cursor: kept, overlap: 10n });
    expect(later.found).toEqual([another]);
    expect(later.cursor?.channelIds).toEqual(opened);
    expect(asked).toEqual([`0x${(head - 9n).toString(16)}`]);
    // The latest block, whether that of the cursor is still there, and the logs behind it.
    expect(server.methods).toEqual([
      ...['eth_getBlockByNumber', 'eth_getBlockByNumber', 'eth_getLogs'],
    ]);
  });

  test('behavior: an interrupted search goes on in the middle', async () => {
    const { client, anvil } = chain;
    let answers = 3;
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_getLogs' || answers-- > 0) return false;
      return fail(response, 503, 'gone');
    }, anvil.rpcUrl);
    const shaky = createChainClient({ rpcUrl: server.rpcUrl });
    const broken = await search(shaky, { maxRange: 30n });
    expect(broken.error).toMatchObject({ code: 'RPC_HTTP_STATUS' });
    expect(broken.ranges).toEqual([29n, 59n, 89n]);
    expect(broken.cursor).toMatchObject({ nextBlock: 90n, channelIds: broken.found });
    const rest = await search(client, { cursor: broken.cursor, maxRange: 30n });
    expect(rest.ranges[0]).toBe(119n);
    expect([...broken.found, ...rest.found]).toEqual(opened);
  });

  test('behavior: a channel that a reorganisation moved behind the search is found', async () => {
    const { client, send } = chain;
    const snapshot = await send('evm_snapshot');
    await chain.mine(5);
    const { cursor } = await search(client);
    // The head that was searched stays, a few blocks below the new one; the channel is below it.
    await send('evm_revert', snapshot);
    const moved = await openOwn();
    await chain.mine(5);
    const head = await getBlockNumber(client);
    const blocks = (await send('eth_getBlockByNumber', `0x${head.toString(16)}`, false)) as {
      hash: `0x${string}`;
    };
    const kept = cursor as DiscoveryCursor;
    const anchor = { blockNumber: head, blockHash: blocks.hash };
    const second = await search(client, { cursor: { ...kept, head: anchor } });
    expect(second.found).toEqual([moved]);
    opened.push(moved);
    const third = await search(client, { cursor: second.cursor });
    expect(third.found).toEqual([]);
    expect(third.cursor?.channelIds).toEqual(opened);
  });

  test('behavior: a chain that does not have the head of the cursor is searched anew', async () => {
    const { client } = chain;
    const { cursor } = await search(client);
    const kept = cursor as DiscoveryCursor;
    const blockHash = `0x${'12'.repeat(32)}` as const;
    const { blockNumber } = kept.head;
    for (const head of [
      { blockNumber, blockHash },
      { blockNumber: blockNumber - 1n, blockHash },
      { blockNumber: 10n ** 9n, blockHash },
    ]) {
      const stale = { nextBlock: head.blockNumber, channelIds: [77n], head };
      const again = await search(client, { cursor: stale });
      expect(again.found).toEqual(opened);
      expect(again.cursor?.channelIds).toEqual(opened);
    }
  });

  test('args: signal ends it', async () => {
    const controller = new AbortController();
    controller.abort();
    const { error } = await search(chain.client, { signal: controller.signal });
    expect((await failure(Promise.reject(error))).code).toBe('ABORTED');
  });
});
