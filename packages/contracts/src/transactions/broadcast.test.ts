import type { ServerResponse } from 'node:http';
import type { Hex } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { type IncomingRequest, refuse, reply, startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { readTransaction, startSending, whileNothingIsMined } from '../../test/waiting-chain.ts';
import { createChainClient, type TransactionOptions, transferTokens } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const count = async () =>
  Number(await chain.send('eth_getTransactionCount', chain.payer.address, 'latest'));

type Answer = (request: IncomingRequest, response: ServerResponse, nth: number) => unknown;

/** Pays through an endpoint that answers some methods in its own way. */
async function payThrough(answers: Record<string, Answer>, options: TransactionOptions = {}) {
  const seen: Record<string, number> = {};
  await using server = await startRpcServer(async (request, response) => {
    const nth = (seen[request.method] ?? 0) + 1;
    seen[request.method] = nth;
    return (await answers[request.method]?.(request, response, nth)) === true;
  }, chain.anvil.rpcUrl);
  const client = createChainClient({ rpcUrl: server.rpcUrl });
  const { payer, token, provider } = chain;
  const recipient = provider.address;
  const wanted = { token, recipient, amount: 1n, ...options };
  const result = await transferTokens(client, payer, wanted).catch((error: unknown) => error);
  return { result, sends: seen['eth_sendRawTransaction'] ?? 0 };
}

const forward = ({ method, params }: IncomingRequest) => chain.send(method, ...params);

describe('an endpoint that says no', () => {
  test.each([
    ['already known', -32000],
    ['AlreadyKnown', -32010],
    ['transaction already imported', -32000],
    ['internal error', -32603],
    ['something went wrong', -32000],
    ['nonce too low: next nonce 9, tx nonce 8', -32000],
  ])('behavior: after it took the transaction: %s', async (message, code) => {
    const before = await count();
    const { result, sends } = await payThrough({
      async eth_sendRawTransaction(request, response) {
        await forward(request);
        return refuse(response, request, { code, message });
      },
    });
    expect(result).toMatchObject({ receipt: { status: 'success' } });
    expect(sends).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  test('behavior: for a reason of its own: asked again', async () => {
    const before = await count();
    const { result, sends } = await payThrough({
      eth_sendRawTransaction: (request, response, nth) =>
        nth === 1 && refuse(response, request, { code: -32603, message: 'internal error' }),
    });
    expect(result).toMatchObject({ receipt: { status: 'success' } });
    expect(sends).toBe(2);
    expect(await count()).toBe(before + 1);
  });

  test('behavior: because fees have risen: signed anew', async () => {
    const before = await count();
    const { result, sends } = await payThrough({
      eth_sendRawTransaction: (request, response, nth) =>
        nth === 1 &&
        refuse(response, request, {
          ...{ code: -32000, message: 'max fee per gas less than block base fee: address 0x' },
        }),
    });
    expect(result).toMatchObject({ receipt: { status: 'success' } });
    expect(sends).toBe(2);
    expect(await count()).toBe(before + 1);
  });

  test('error: because of fees, again and again', async () => {
    const { result, sends } = await payThrough({
      eth_sendRawTransaction: (request, response) =>
        refuse(response, request, { code: -32000, message: 'transaction underpriced' }),
    });
    const error = await failure(Promise.reject(result));
    expect(error.message).toMatchInlineSnapshot(`
      "The transaction was rejected: its fees are too low.
      Fix: raise the limits of its fees"
    `);
    expect(sends).toBe(3);
  });
});

describe('an endpoint that is behind', () => {
  /** Takes the transaction, loses the answer, and has never heard of it. */
  const amnesia = (more: Record<string, Answer>): Record<string, Answer> => ({
    async eth_sendRawTransaction(request, response, nth) {
      if (nth > 1) return refuse(response, request, { code: -32000, message: 'nonce too low' });
      await forward(request);
      response.destroy();
      return true;
    },
    eth_getTransactionByHash: (request, response, nth) =>
      nth === 1 && reply(response, request, null),
    ...more,
  });

  test('behavior: the transaction that has the nonce is found in its block', async () => {
    const before = await count();
    await chain.mine(40);
    const { result, sends } = await payThrough(amnesia({}));
    expect(result).toMatchObject({ receipt: { status: 'success' }, isResumed: false });
    expect(sends).toBe(2);
    expect(await count()).toBe(before + 1);
  });

  test('error: without a proof it is not known, and nothing else is sent', async () => {
    const before = await count();
    const { result, sends } = await payThrough(
      amnesia({
        eth_getTransactionCount: (request, response) =>
          request.params[1] !== 'pending' &&
          refuse(response, request, { code: -32000, message: 'missing trie node' }),
      }),
    );
    const error = await failure(Promise.reject(result));
    expect(error.code).toBe('TRANSACTION_OUTCOME_UNKNOWN');
    expect(sends).toBe(2);
    expect(await count()).toBe(before + 1);
  });
});

test('behavior: after a transaction of another program that is not counted', async () => {
  const { payer, provider } = chain;
  await whileNothingIsMined(chain, async () => {
    const other = (await chain.send('eth_sendTransaction', {
      ...{ from: payer.address, to: provider.address, value: '0x1', gas: '0x5208' },
      ...{ maxFeePerGas: '0x174876e800', maxPriorityFeePerGas: '0x174876e800' },
    })) as Hex;
    const { hash, result } = await startSending((options) =>
      payThrough(
        {
          async eth_getTransactionCount(request, response) {
            const mined = await chain.send(request.method, payer.address, 'latest');
            return reply(response, request, mined);
          },
        },
        options,
      ),
    );
    const nonce = async (one: Hex) => Number((await readTransaction(chain, one))['nonce']);
    expect(await nonce(hash)).toBe((await nonce(other)) + 1);
    await chain.send('evm_mine');
    expect((await result).result).toMatchObject({ hash });
  });
});
