import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { startAnvil } from '@snetkit/anvil';
import { bytesToHex } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAuthority, type TestAuthority } from '../../../../daemon/test/tls/make-certificate.ts';
import { failure } from '../../../test/failure.ts';
import { address, chainId, claims } from '../../../test/signers/samples.ts';
import { remoteSigner } from '../../signers/remote.ts';
import { createTlsFetch } from './create-tls-fetch.ts';

const token = 'a-bearer-token-that-nobody-may-see';
const [claim] = claims as [(typeof claims)[number]];

/** A server that wants certificates in front of a real node. */
let url: string;
let authority: TestAuthority;
let seen: { authorization: string | undefined; client: string | undefined }[] = [];
const stack = new AsyncDisposableStack();
beforeAll(async () => {
  const chain = stack.use(await startAnvil({ chainId }));
  authority = await makeAuthority();
  const own = await authority.issue(['localhost']);
  const options = { ...own, ca: authority.cert, requestCert: true, rejectUnauthorized: false };
  const server = createServer(options, async (request, response) => {
    const { authorized } = request.socket as TLSSocket;
    const client = (request.socket as TLSSocket).getPeerCertificate().subject?.CN?.toString();
    seen.push({ authorization: request.headers.authorization, client });
    if (!authorized) return void response.writeHead(403).end('no certificate');
    const body = Buffer.concat(await request.toArray());
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(chain.rpcUrl, { method: 'POST', headers, body });
    response.end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  url = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => stack.disposeAsync());

test('default: an authority and a certificate of one’s own', async () => {
  seen = [];
  const fetch = createTlsFetch({
    ca: authority.cert,
    ...(await authority.issue(['snet'], { forClient: true })),
  });
  const signer = await remoteSigner({ url, token, address, fetch });
  expect(bytesToHex(await signer.signMessage(claim.packed))).toBe(claim.signature);
  const expected = { authorization: `Bearer ${token}`, client: 'snet' };
  expect(seen).toEqual([expected, expected]);
});

test('error: a server that nobody vouches for is told nothing', async () => {
  seen = [];
  const error = await failure(remoteSigner({ url, token, address, fetch: createTlsFetch({}) }));
  expect(error.code).toBe('RPC_UNREACHABLE');
  expect(error.shortMessage).toBe('The remote signer cannot be reached.');
  expect(seen).toEqual([]);
  expect(inspect(error, { depth: 9 })).not.toContain(token);
});

test('error: the server wants a certificate', async () => {
  const fetch = createTlsFetch({ ca: authority.cert });
  const error = await failure(remoteSigner({ url, token, address, fetch }));
  expect(error.code).toBe('RPC_HTTP_STATUS');
  expect(error.found).toBe('HTTP 403, "no certificate"');
});

test('error: cancelled, too late, and without TLS', async () => {
  const fetch = createTlsFetch({ ca: authority.cert });
  const signal = AbortSignal.abort();
  expect((await failure(remoteSigner({ url, address, fetch, signal }))).code).toBe('ABORTED');
  const silent = createServer(await authority.issue(['localhost']), () => {}).listen(
    0,
    '127.0.0.1',
  );
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const late = await failure(
    remoteSigner({ url: `https://localhost:${port}`, address, fetch, timeoutMs: 300 }),
  );
  expect(late.code).toBe('RPC_TIMED_OUT');
  silent.closeAllConnections();
  silent.close();
  const plain = await failure(remoteSigner({ url: 'http://127.0.0.1:1', address, fetch }));
  expect(plain.message).toBe(`Certificates need a URL with https.
Place: 127.0.0.1:1
Expected: https:
Found: http:`);
});

test('error: an answer that cannot have a body, and one that breaks off', async () => {
  const answers = [
    (response: ServerResponse) => void response.writeHead(204).end(),
    (response: ServerResponse) => void response.writeHead(304).end(),
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"jsonrpc":');
      response.socket?.destroySoon();
    },
  ];
  const own = await authority.issue(['localhost']);
  const server = createServer(own, (_, response) => answers.shift()?.(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const fetch = createTlsFetch({ ca: authority.cert });
  const ask = () => failure(remoteSigner({ url: `https://localhost:${port}`, address, fetch }));
  expect([await ask(), await ask(), await ask()].map(({ code, found }) => [code, found])).toEqual([
    ['RPC_ANSWER_INVALID', '""'],
    ['RPC_HTTP_STATUS', 'HTTP 304'],
    ['RPC_UNREACHABLE', undefined],
  ]);
  server.closeAllConnections();
  server.close();
});
