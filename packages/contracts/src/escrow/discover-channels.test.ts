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
    expect(cursor).toEqual({ nextBlock: head - 9n, channelIds: opened });

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
    const written = JSON.parse(JSON.stringify(parseJson(stringifyJson(cursor as never)))) as {
      nextBlock: number;
      channelIds: number[];
    };
    const kept = {
      nextBlock: BigInt(written.nextBlock),
      channelIds: written.channelIds.map(BigInt),
    };
    const later = await search(observed, { cursor: kept, overlap: 10n });
    expect(later.found).toEqual([another]);
    expect(later.cursor?.channelIds).toEqual(opened);
    expect(asked).toEqual([`0x${(head - 9n).toString(16)}`]);
    expect(server.methods).toEqual(['eth_blockNumber', 'eth_getLogs']);
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
    expect(broken.cursor).toEqual({ nextBlock: 90n, channelIds: broken.found });
    const rest = await search(client, { cursor: broken.cursor, maxRange: 30n });
    expect(rest.ranges[0]).toBe(119n);
    expect([...broken.found, ...rest.found]).toEqual(opened);
  });

  test('behavior: a channel that a reorganisation moved is found once, in its new block', async () => {
    const { client, send } = chain;
    const snapshot = await send('evm_snapshot');
    const moved = await openOwn();
    const first = await search(client);
    expect(first.found).toEqual([...opened, moved]);
    await send('evm_revert', snapshot);
    await chain.mine(3);
    expect(await openOwn()).toBe(moved);
    const second = await search(client, { cursor: first.cursor });
    expect(second.found).toEqual([]);
    expect(second.cursor?.channelIds).toEqual([...opened, moved]);
    // One that was in no block the first time, although its block had been searched.
    const before = { ...(first.cursor as DiscoveryCursor), channelIds: opened };
    expect((await search(client, { cursor: before })).found).toEqual([moved]);
    opened.push(moved);
  });

  test('behavior: a chain that is shorter than the cursor finds nothing and forgets nothing', async () => {
    const cursor = { nextBlock: 10n ** 9n, channelIds: [1n] };
    expect(await search(chain.client, { cursor })).toMatchObject({ found: [], cursor: undefined });
  });

  test('args: signal ends it', async () => {
    const controller = new AbortController();
    controller.abort();
    const { error } = await search(chain.client, { signal: controller.signal });
    expect((await failure(Promise.reject(error))).code).toBe('ABORTED');
  });
});
