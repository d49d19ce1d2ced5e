import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { type BaseError, errorCodes } from '@snetkit/core';
import { createPublicClient, custom, http } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { type AnswerRequest, fail, refuse, reply, startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { createChainClient, getBlockNumber, getChainId, getChannel } from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

/** The error of a request to a server that answers so; it shows the host, and nothing of the key. */
async function ask(
  answer: AnswerRequest,
  options: { timeoutMs?: number; maxBytes?: number } = {},
): Promise<{ error: BaseError; message: string }> {
  await using server = await startRpcServer(answer);
  const client = createChainClient({ rpcUrl: server.rpcUrl, ...options });
  const error = await failure(getBlockNumber(client));
  expect(errorCodes[error.code].class).toBe('network');
  const everything = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
  expect(everything).not.toContain('secret-api-key');
  return { error, message: error.message.replace(server.host, '<host>') };
}

describe('createChainClient', () => {
  test('default: a viem client', async () => {
    const { client } = chain;
    expect(await getChainId(client)).toBe(31337);
    expect(await client.getChainId()).toBe(31337);
    expect(await client.getBlockNumber()).toBe(await getBlockNumber(client));
  });

  test('behavior: nothing is cached, repeated or sent beforehand', async () => {
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    expect(server.methods).toEqual([]);
    await getBlockNumber(client);
    await getBlockNumber(client);
    await client.getBlockNumber();
    expect(server.methods).toHaveLength(3);
    await using broken = await startRpcServer((_, response) => fail(response, 503));
    await failure(getBlockNumber(createChainClient({ rpcUrl: broken.rpcUrl })));
    expect(broken.methods).toHaveLength(1);
  });

  test('behavior: inspection shows nothing of the URL', () => {
    const client = createChainClient({
      rpcUrl: 'https://user:password@example.com/v3/secret-api-key?k=secret-api-key',
      headers: { authorization: 'Bearer secret-api-key' },
    });
    const shown = inspect(client, { depth: 9, showHidden: true });
    expect(shown).not.toContain('secret-api-key');
    expect(shown).not.toContain('password');
  });

  test('behavior: errors of viem show nothing of it either', async () => {
    await using server = await startRpcServer((request, response) =>
      refuse(response, request, { code: -32000, message: 'no' }),
    );
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const error = await client.getBlockNumber().catch((reason: unknown) => reason);
    const shown = inspect(error, { depth: 9, showHidden: true });
    expect(shown).toContain('no');
    expect(shown).not.toContain('secret-api-key');
  });

  test('args: headers, and user and password of the URL', async () => {
    const seen: unknown[] = [];
    await using server = await startRpcServer((request, response) => {
      seen.push([request.headers['authorization'], request.headers['x-key']]);
      return reply(response, request, '0x1');
    });
    const withUser = server.rpcUrl.replace('//', '//user:pass%20word@');
    await getBlockNumber(createChainClient({ rpcUrl: withUser }));
    const headers = { 'x-key': 'k', authorization: 'Bearer t' };
    await getBlockNumber(createChainClient({ rpcUrl: server.rpcUrl, headers }));
    const basic = `Basic ${Buffer.from('user:pass word').toString('base64')}`;
    expect(seen).toEqual([
      [basic, undefined],
      ['Bearer t', 'k'],
    ]);
  });

  test.each(['ws://example.com', 'example.com/secret-api-key', ''])('error: URL %j', (rpcUrl) => {
    expect(() => createChainClient({ rpcUrl })).toThrow(
      'The URL of the RPC endpoint cannot be used.',
    );
    expect(() => createChainClient({ rpcUrl })).not.toThrow('secret-api-key');
  });

  test('error: HTTP 429', async () => {
    const { message, error } = await ask((_, response) =>
      fail(response, 429, 'slow down, see https://example.com/upgrade?key=secret-api-key'),
    );
    expect(error.code).toBe('RPC_RATE_LIMITED');
    expect(message).toMatchInlineSnapshot(`
      "The chain allows no more requests for now.
      Place: <host>
      Found: HTTP 429, "slow down, see https://example.com/[hidden]""
    `);
  });

  test('error: HTTP 503, even with JSON-RPC in it', async () => {
    const { message, error } = await ask((_, response) =>
      fail(response, 503, '{"error":{"code":-32000,"message":"down"}}'),
    );
    expect(error.code).toBe('RPC_HTTP_STATUS');
    expect(message).toMatchInlineSnapshot(`
      "The chain refused the request.
      Place: <host>
      Found: HTTP 503, "{"error":{"code":-32000,"message":"down"}}""
    `);
  });

  test('error: HTTP 401', async () => {
    const { message } = await ask((_, response) =>
      fail(response, 401, 'invalid project id: secret-api-key'),
    );
    expect(message).toMatchInlineSnapshot(`
      "The chain refused the request.
      Place: <host>
      Found: HTTP 401, "invalid project id: [hidden]""
    `);
  });

  test('error: HTTP 400 with a JSON-RPC error', async () => {
    const { message, error } = await ask((request, response) => {
      response.statusCode = 400;
      return refuse(response, request, {
        code: -32601,
        message: 'no eth_blockNumber at /v3/secret-api-key',
      });
    });
    expect(error.code).toBe('RPC_REFUSED');
    expect(message).toMatchInlineSnapshot(`
      "The chain refused eth_blockNumber: no eth_blockNumber at /v3/[hidden].
      Place: <host>
      Found: JSON-RPC error -32601"
    `);
  });

  test('error: a redirection is not followed', async () => {
    const { message } = await ask((_, response) => {
      response.writeHead(307, { location: chain.anvil.rpcUrl }).end();
      return true;
    });
    expect(message).toMatchInlineSnapshot(`
      "The chain refused the request.
      Place: <host>
      Found: HTTP 307"
    `);
  });

  test('error: garbage', async () => {
    const { message, error } = await ask((_, response) => {
      response.end('<html>\n  <body>It works!</body></html>');
      return true;
    });
    expect(error.code).toBe('RPC_ANSWER_INVALID');
    expect(message).toMatchInlineSnapshot(`
      "The chain answered no JSON.
      Place: <host>
      Found: "<html> <body>It works!</body></html>""
    `);
  });

  test.each(['{}', '[]', 'null', '{"id":-1,"result":"0x1"}', '{"jsonrpc":"2.0"}'])(
    'error: JSON that is no JSON-RPC: %s',
    async (text) => {
      const { error } = await ask((_, response) => {
        response.end(text);
        return true;
      });
      expect(error.code).toBe('RPC_ANSWER_INVALID');
      expect(error.shortMessage).toBe('The answer of the chain is no JSON-RPC.');
    },
  );

  test.each([null, 7, 'seven', '0x', '0xzz', {}])('error: a block number of %j', async (result) => {
    const { error } = await ask((request, response) => reply(response, request, result));
    expect(error.code).toBe('RPC_ANSWER_INVALID');
  });

  test('error: an answer that is too long', async () => {
    const answer: AnswerRequest = (request, response) => reply(response, request, 'x'.repeat(2000));
    const { error, message } = await ask(answer, { maxBytes: 1000 });
    expect(error.code).toBe('RPC_ANSWER_INVALID');
    expect(message).toMatchInlineSnapshot(`
      "The answer of the chain is too long.
      Place: <host>
      Expected: at most 1000 bytes"
    `);
  });

  test('error: no answer in time, not even the end of one', async () => {
    const silent = await ask(() => true, { timeoutMs: 50 });
    expect(silent.message).toMatchInlineSnapshot(`
      "The chain did not answer within 50 ms.
      Place: <host>"
    `);
    const endless: AnswerRequest = (_, response) => {
      response.writeHead(200);
      return response.write('{');
    };
    const { error } = await ask(endless, { timeoutMs: 50 });
    expect(error.code).toBe('RPC_TIMED_OUT');
  });

  test('error: nobody listens, or the connection is cut', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const client = createChainClient({ rpcUrl: `http://127.0.0.1:${port}/secret-api-key` });
    const cut = await failure(getBlockNumber(client));
    server.close();
    await once(server, 'close');
    const refused = await failure(getBlockNumber(client));
    for (const error of [cut, refused]) {
      expect(error.code).toBe('RPC_UNREACHABLE');
      expect(error.message).toBe(`The chain cannot be reached.\nPlace: 127.0.0.1:${port}`);
      expect(inspect(error, { depth: 9 })).not.toContain('secret-api-key');
    }
  });

  test('error: cancelled, before and during the request', async () => {
    const { client } = chain;
    const before = await failure(getBlockNumber(client, { signal: AbortSignal.abort() }));
    expect(before.code).toBe('ABORTED');
    const controller = new AbortController();
    await using server = await startRpcServer(() => {
      controller.abort();
      return true;
    });
    const silent = createChainClient({ rpcUrl: server.rpcUrl });
    const during = await failure(getBlockNumber(silent, { signal: controller.signal }));
    expect(during.code).toBe('ABORTED');
  });
});

describe('other viem clients', () => {
  test('default: a provider of a wallet', async () => {
    const request = (fields: { method: string; params?: unknown }) =>
      chain.send(fields.method, ...((fields.params as unknown[]) ?? []));
    const client = createPublicClient({ transport: custom({ request }) });
    expect(await getChainId(client)).toBe(31337);
    expect(await getChannel(client, { mpe: chain.mpe, channelId: 0n })).toBeUndefined();
  });

  test("error: viem's own transport shows the URL, we do not", async () => {
    await using server = await startRpcServer((request, response) =>
      request.method === 'eth_chainId'
        ? refuse(response, request, { code: -32000, message: 'no' })
        : fail(response, 503),
    );
    const client = createPublicClient({ transport: http(server.rpcUrl, { retryCount: 0 }) });
    const refused = await failure(getChainId(client));
    expect(refused.code).toBe('RPC_REFUSED');
    const failed = await failure(getBlockNumber(client));
    expect(failed.code).toBe('RPC_UNREACHABLE');
    for (const error of [refused, failed]) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-api-key');
    }
  });
});
