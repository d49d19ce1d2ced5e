import { type Address, BaseError, type Hex } from '@snetkit/core';
import { createPublicClient, custom } from 'viem';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import {
  fail,
  type IncomingRequest,
  refuse,
  reply,
  startRpcServer,
} from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  createChainClient,
  deposit,
  escrowContract,
  getBlockNumber,
  type ReadOutcome,
  readContracts,
  registryContract,
  tokenContract,
} from '../index.ts';
import { sendRequest } from './send-request.ts';

/** One chain with Multicall3, one without. */
let [chain, plain] = [] as unknown as [TestChain, TestChain];
beforeAll(async () => {
  [chain, plain] = await Promise.all([startTestChain({ multicall: true }), startTestChain()]);
});
afterAll(async () => {
  await chain[Symbol.asyncDispose]();
  await plain[Symbol.asyncDispose]();
});

/** Balances in the escrow of so many accounts. */
const balances = ({ mpe }: TestChain, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    address: mpe,
    call: escrowContract.read('balances', [`0x${String(index + 1).padStart(40, '0')}`]),
  }));

const zeros = (count: number) => Array(count).fill({ status: 'success', result: 0n });

/** A client whose HTTP requests are noted: the methods of each. */
async function observe({ anvil }: TestChain, change?: Parameters<typeof startRpcServer>[0]) {
  const server = await startRpcServer(change ?? (() => false), anvil.rpcUrl);
  const requests: string[] = [];
  const client = createChainClient({
    rpcUrl: server.rpcUrl,
    onRequest: (methods) =>
      requests.push(methods.length === 1 ? `${methods}` : `${methods.length} at once`),
  });
  return { client, requests, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('readContracts', () => {
  test('default: any functions of any contracts in one request, with their types', async () => {
    const { mpe, token, registry, payer } = chain;
    await using observed = await observe(chain);
    const outcomes = await readContracts(observed.client, {
      calls: [
        { address: mpe, call: escrowContract.read('token', []) },
        { address: token, call: tokenContract.read('balanceOf', [payer.address]) },
        { address: registry, call: registryContract.read('listOrganizations', []) },
      ],
    });
    expectTypeOf(outcomes).toEqualTypeOf<
      readonly [ReadOutcome<Address>, ReadOutcome<bigint>, ReadOutcome<readonly Hex[]>]
    >();
    expect(outcomes).toEqual([
      { status: 'success', result: token },
      { status: 'success', result: 1_000_000n },
      { status: 'success', result: [] },
    ]);
    expect(observed.requests).toEqual(['eth_blockNumber', 'eth_call']);
  });

  test('behavior: 1,200 calls in three requests, all at the same block', async () => {
    await using observed = await observe(chain);
    expect(await readContracts(observed.client, { calls: balances(chain, 1_200) })).toEqual(
      zeros(1_200),
    );
    expect(observed.requests).toEqual(['eth_blockNumber', 'eth_call', 'eth_call', 'eth_call']);
    const blockNumber = await getBlockNumber(chain.client);
    const { mpe, token, payer } = chain;
    await deposit(chain.client, payer, { mpe, token, amount: 5n });
    const call = escrowContract.read('balances', [payer.address]);
    const calls = [...balances(chain, 3), { address: mpe, call }];
    expect((await readContracts(observed.client, { calls, blockNumber })).at(-1)).toEqual({
      status: 'success',
      result: 0n,
    });
    expect((await readContracts(observed.client, { calls })).at(-1)).toEqual({
      status: 'success',
      result: 5n,
    });
  });

  test('behavior: one call is an ordinary call, none is nothing', async () => {
    await using observed = await observe(chain);
    expect(await readContracts(observed.client, { calls: balances(chain, 1) })).toEqual(zeros(1));
    expect(await readContracts(observed.client, { calls: [] })).toEqual([]);
    expect(observed.requests).toEqual(['eth_call']);
  });

  test.each(['with Multicall3', 'without'])('behavior: each call fails alone, %s', async (kind) => {
    const { client, mpe, registry, payer } = kind === 'without' ? plain : chain;
    const channel = escrowContract.read('channels', [1n]);
    const [missing, refused, wrong, right] = await readContracts(client, {
      calls: [
        { address: payer.address, call: channel },
        { address: mpe, call: registryContract.read('listOrganizations', []) },
        { address: mpe, call: escrowContract.read('channels', [-1n]) },
        { address: registry, call: registryContract.read('listOrganizations', []) },
      ],
    });
    const told = [missing, refused, wrong].map((outcome) =>
      outcome.status === 'failure' ? [outcome.error.code, outcome.error.shortMessage] : outcome,
    );
    expect(told).toEqual([
      ['CONTRACT_MISSING', 'There is no MultiPartyEscrow contract at the address.'],
      ['CONTRACT_REVERTED', 'Registry.listOrganizations reverts: no reason given'],
      ['CONTRACT_ARGUMENT_INVALID', 'An argument of MultiPartyEscrow.channels cannot be encoded.'],
    ]);
    expect(right).toEqual({ status: 'success', result: [] });
  });

  test('behavior: batches where there is no Multicall3, which is asked for once', async () => {
    await using observed = await observe(plain);
    for (const _ of [1, 2]) {
      expect(await readContracts(observed.client, { calls: balances(plain, 250) })).toEqual(
        zeros(250),
      );
    }
    const batches = ['100 at once', '100 at once', '50 at once'];
    expect(observed.requests).toEqual([
      ...['eth_blockNumber', 'eth_call', ...batches],
      ...['eth_blockNumber', ...batches],
    ]);
  });

  test.each([
    [
      'one error for all',
      (request, response) => refuse(response, request, { code: -32600, message: 'no batches' }),
    ],
    ['HTTP 405', (_, response) => fail(response, 405)],
    ['no JSON-RPC', (_, response) => response.end('{}') && true],
  ] satisfies [string, Parameters<typeof startRpcServer>[0]][])(
    'behavior: one by one where batches are refused with %s',
    async (_, answer) => {
      await using observed = await observe(plain, (request, response) =>
        Array.isArray(request.batch) ? answer(request, response) : false,
      );
      for (const calls of [balances(plain, 5), balances(plain, 3)]) {
        expect(await readContracts(observed.client, { calls })).toEqual(zeros(calls.length));
      }
      expect(observed.requests).toEqual([
        ...['eth_blockNumber', 'eth_call', '5 at once', ...Array(5).fill('eth_call')],
        ...['eth_blockNumber', ...Array(3).fill('eth_call')],
      ]);
    },
  );

  test('behavior: smaller batches where they are too large, in whatever order answers come', async () => {
    await using observed = await observe(plain, async ({ batch }, response) => {
      if (batch === undefined) return false;
      if (batch.length > 30) {
        const error = { code: -32005, message: 'batch limit exceeded: at most 30 requests' };
        response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
        return true;
      }
      const answers = batch.map(({ id }) => ({
        jsonrpc: '2.0',
        id,
        result: `0x${'0'.repeat(64)}`,
      }));
      response.end(JSON.stringify(answers.reverse()));
      return true;
    });
    expect(await readContracts(observed.client, { calls: balances(plain, 60) })).toEqual(zeros(60));
    expect(observed.requests.slice(2)).toEqual(['60 at once', ...['30 at once', '30 at once']]);
  });

  test('behavior: an aggregate that is too much is halved', async () => {
    let limit = 60_000;
    await using observed = await observe(chain, (request, response) => {
      const [{ data } = { data: '' }] = request.params as [{ data?: string }?];
      if (request.method !== 'eth_call' || (data?.length ?? 0) <= limit) return false;
      return refuse(response, request, { code: -32000, message: 'out of gas' });
    });
    const calls = balances(chain, 400);
    expect(await readContracts(observed.client, { calls })).toEqual(zeros(400));
    expect(observed.requests.length).toBeGreaterThan(3);
    // Not even two at once: then alone.
    limit = 300;
    expect(await readContracts(observed.client, { calls: calls.slice(0, 4) })).toEqual(zeros(4));
  });

  test('behavior: a call that failed within the aggregate is asked again alone', async () => {
    await using observed = await observe(chain, async (request, response) => {
      if (request.method !== 'eth_call') return false;
      const [{ to }] = request.params as [{ to: string }];
      if (to !== '0xcA11bde05977b3631167028862bE2a173976CA11') return false;
      // The first of both calls ran out of gas.
      const real = (await sendRequest(chain.client, request)) as string;
      const words = real.slice(2).match(/.{64}/g) ?? [];
      words[4] = '0'.repeat(64);
      return reply(response, request, `0x${words.join('')}`);
    });
    expect(await readContracts(observed.client, { calls: balances(chain, 2) })).toEqual(zeros(2));
    expect(observed.requests).toEqual(['eth_blockNumber', 'eth_call', 'eth_call']);
  });

  test('behavior: a node that does not have the block yet is given a moment', async () => {
    let late = 2;
    const lag = (request: IncomingRequest, response: Parameters<typeof refuse>[0]) => {
      if (request.method !== 'eth_call' || late-- <= 0) return false;
      return refuse(response, request, { code: -32000, message: 'header not found' });
    };
    await using observed = await observe(chain, lag);
    expect(await readContracts(observed.client, { calls: balances(chain, 2) })).toEqual(zeros(2));
    late = 2;
    await using other = await observe(plain, lag);
    await readContracts(other.client, { calls: balances(plain, 2) });
    late = 1;
    expect(await readContracts(other.client, { calls: balances(plain, 2) })).toEqual(zeros(2));
  });

  test('behavior: any viem client, without batches', async () => {
    const { anvil, mpe } = plain;
    const inner = createChainClient({ rpcUrl: anvil.rpcUrl });
    const client = createPublicClient({
      transport: custom({
        request: ({ method, params }) => sendRequest(inner, { method, params: params ?? [] }),
      }),
    });
    const channel = escrowContract.read('channels', [-1n]);
    const outcomes = await readContracts(client, {
      calls: [...balances(plain, 20), { address: mpe, call: channel }],
    });
    expect(outcomes.slice(0, 20)).toEqual(zeros(20));
    expect(outcomes[20]?.status).toBe('failure');
  });

  test('error: an endpoint that cannot be asked is an error of the whole', async () => {
    await using observed = await observe(plain, ({ batch }, response) =>
      batch === undefined ? false : fail(response, 503, 'down'),
    );
    const calls = balances(plain, 2);
    const error = await failure(readContracts(observed.client, { calls }));
    expect(error.message.replace(observed.server.host, '<host>')).toBe(
      ['The chain refused the request.', 'Place: <host>', 'Found: HTTP 503, "down"'].join('\n'),
    );
    await using limited = await observe(chain, ({ method }, response) =>
      method === 'eth_call' ? fail(response, 429) : false,
    );
    const other = await failure(readContracts(limited.client, { calls: balances(chain, 2) }));
    expect(other.code).toBe('RPC_RATE_LIMITED');
    expect(limited.requests).toHaveLength(2);
  });

  test('error: cancelled, in the middle as well', async () => {
    const controller = new AbortController();
    await using observed = await observe(chain, ({ method }) => {
      if (method === 'eth_call') controller.abort();
      return false;
    });
    const { signal } = controller;
    const read = readContracts(observed.client, { calls: balances(chain, 1_200), signal });
    expect((await failure(read)).code).toBe('ABORTED');
    expect(observed.requests).toEqual(['eth_blockNumber', 'eth_call']);
  });

  test('error: an answer that is no answer to the calls', async () => {
    await using observed = await observe(chain, (request, response) =>
      request.method === 'eth_call' ? reply(response, request, '0x1234') : false,
    );
    const error = await failure(readContracts(observed.client, { calls: balances(chain, 2) }));
    expect(error).toBeInstanceOf(BaseError);
    expect(error.message).toBe(
      [
        'The answer of Multicall3.aggregate3 cannot be decoded.',
        'Place: Multicall3 at 0xcA11bde05977b3631167028862bE2a173976CA11',
        'Expected: 2 results',
      ].join('\n'),
    );
  });
});

test('behavior: reads on both kinds of chain agree with single reads', async () => {
  for (const one of [chain, plain]) {
    const { open } = createEscrowHelpers(() => one);
    const { channelId } = await open({ amount: 7n });
    const call = escrowContract.read('channels', [channelId]);
    const target = { address: one.mpe, call };
    const [first] = await readContracts(one.client, { calls: [target] });
    const many = await readContracts(one.client, { calls: [target, target] });
    expect(many).toEqual([first, first]);
  }
});
