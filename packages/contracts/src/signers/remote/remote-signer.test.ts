import { inspect } from 'node:util';
import { type Anvil, startAnvil } from '@snetkit/anvil';
import { bytesToHex, hexToBytes, keccak256, signHash } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import {
  type AnswerRequest,
  fail,
  type IncomingRequest,
  refuse,
  reply,
  startRpcServer,
} from '../../../test/rpc-server.ts';
import {
  address,
  chainId,
  claims,
  permit,
  privateKey,
  transactions,
} from '../../../test/signers/samples.ts';
import { vectors } from '../../../test/vectors.ts';
import { privateKeySigner } from '../private-key-signer.ts';
import { remoteSigner } from '../remote.ts';
import type { UnsignedTransaction } from '../signer.ts';

const token = 'a-bearer-token-that-nobody-may-see';
const [claim, secondClaim] = claims as [(typeof claims)[number], (typeof claims)[number]];
const [{ asked: legacy }, { asked: eip1559, raw: eip1559Raw }] = transactions as unknown as [
  { asked: UnsignedTransaction },
  { asked: UnsignedTransaction; raw: string },
];

let chain: Anvil;
beforeAll(async () => {
  chain = await startAnvil({ chainId });
});
afterAll(() => chain.stop());

/** A server in front of the node that answers by itself where it is told to. */
const serve = (answer: AnswerRequest) => startRpcServer(answer, chain.rpcUrl);

/** Answers one method with something else. */
const tell =
  (method: string, result: (request: IncomingRequest) => unknown): AnswerRequest =>
  (request, response) =>
    request.method === method && reply(response, request, result(request));

describe('remoteSigner', () => {
  test('default: the only account, with the token', async () => {
    const seen: unknown[] = [];
    await using server = await serve((request, response) => {
      seen.push(request.headers['authorization']);
      return request.method === 'eth_accounts' && reply(response, request, [address.toLowerCase()]);
    });
    const signer = await remoteSigner({ url: server.rpcUrl, token });
    expect(signer.address).toBe(address);
    expect(bytesToHex(await signer.signMessage(claim.packed))).toBe(claim.signature);
    expect(seen).toEqual([`Bearer ${token}`, `Bearer ${token}`]);
    expect(server.methods).toEqual(['eth_accounts', 'eth_sign']);
  });

  test('behavior: Web3Signer’s method for structured data, as JSON text', async () => {
    await using server = await serve(
      tell('eth_signTypedData', ({ params: [account, text] }) => {
        expect(account).toBe(address);
        const data = JSON.parse(text as string);
        expect(Object.keys(data.types)).toEqual(['EIP712Domain', 'Permit']);
        expect(data.message.value).toBe(String(2n ** 255n + 1n));
        return bytesToHex(typedDataSignature);
      }),
    );
    const typedDataSignature = await privateKeySigner(privateKey).signTypedData(permit);
    const signer = await remoteSigner({ url: server.rpcUrl, address });
    expect(await signer.signTypedData(permit)).toEqual(typedDataSignature);
  });

  test('behavior: geth’s object around the raw bytes', async () => {
    await using server = await serve(
      tell('eth_signTransaction', () => ({ raw: eip1559Raw, tx: {} })),
    );
    const signer = await remoteSigner({ url: server.rpcUrl, address });
    expect(await signer.signTransaction(eip1559)).toBe(eip1559Raw);
  });

  test('args: address', async () => {
    const stranger = '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf';
    const url = chain.rpcUrl;
    expect((await remoteSigner({ url, address: address.toLowerCase() })).address).toBe(address);
    expect((await failure(remoteSigner({ url, address: stranger }))).message).toBe(
      `The remote signer does not have the account.
Place: 127.0.0.1:${chain.port}
Expected: ${stranger}
Found: 10 accounts`,
    );
    expect((await failure(remoteSigner({ url }))).expected).toBe(
      'one account, or the address of one of several',
    );
  });

  test('error: a token that would cross the network in the clear', async () => {
    const error = await failure(remoteSigner({ url: 'http://signer.example:9000', token }));
    expect(
      error.message,
    ).toBe(`The secret of the remote signer would cross the network in the clear.
Place: signer.example:9000
Expected: a URL that starts with https://
Found: http:`);
    const user = await failure(remoteSigner({ url: 'http://user:pass@signer.example' }));
    expect(user.code).toBe('RPC_URL_INVALID');
  });

  const wrongSignatures: readonly [string, () => unknown, string][] = [
    ['of something else', () => secondClaim.signature, 'no signature of this account over what'],
    [
      'of another account',
      () => {
        const key = vectors.accounts.keys['hh1']?.private_key ?? '0x';
        return bytesToHex(signHash(keccak256(claim.packed), key));
      },
      'no signature of this account over what',
    ],
    [
      'over the bare hash',
      () => bytesToHex(signHash(keccak256(claim.packed), privateKey)),
      'no sig',
    ],
    ['that is cut', () => claim.signature.slice(0, 66), 'Expected: 65 bytes\nFound: 32 bytes'],
    ['that is none', () => 'yes', 'The answer is no signature.'],
  ];
  test.each(wrongSignatures)('error: a signature %s', async (_, answer, text) => {
    await using server = await serve(tell('eth_sign', answer));
    const signer = await remoteSigner({ url: server.rpcUrl, address });
    const error = await failure(signer.signMessage(claim.packed));
    expect(error.code).toBe('SIGNER_ANSWER_INVALID');
    expect(error.message).toContain(text);
    expect(error.place).toBe(server.host);
  });

  const changes: readonly [string, object][] = [
    ['chainId', { chainId: 1 }],
    ['nonce', { nonce: eip1559.nonce + 1 }],
    ['gas', { gas: 1n }],
    ['to', { to: address }],
    ['value', { value: 1n }],
    ['data', { data: '0x' }],
    ['maxFeePerGas', { maxFeePerGas: 10n ** 12n }],
    ['type, maxFeePerGas, maxPriorityFeePerGas', legacy],
  ];
  test.each(changes)('error: a transaction with another %s', async (fields, change) => {
    const other = 'type' in change ? change : { ...eip1559, ...change };
    const raw = await privateKeySigner(privateKey).signTransaction(other as UnsignedTransaction);
    await using server = await serve(tell('eth_signTransaction', () => raw));
    const signer = await remoteSigner({ url: server.rpcUrl, address });
    const error = await failure(signer.signTransaction(eip1559));
    expect(error.code).toBe('SIGNER_ANSWER_INVALID');
    expect(error.message).toBe(`The signed transaction is not the one that was asked for.
Place: ${server.host}
Found: other values of ${fields}`);
  });

  test('error: a transaction that another account signed, and what is none', async () => {
    const thief = privateKeySigner(`0x${'11'.repeat(32)}`);
    const stolen = await thief.signTransaction(eip1559);
    const raws = [stolen, '0x02c0', 'no', null, {}];
    await using server = await serve(
      tell('eth_signTransaction', () => (raws[0] === null ? {} : raws[0])),
    );
    const signer = await remoteSigner({ url: server.rpcUrl, address });
    for (; raws.length > 0; raws.shift()) {
      const error = await failure(signer.signTransaction(eip1559));
      expect(error.code).toBe('SIGNER_ANSWER_INVALID');
      expect(inspect(error, { depth: 9 })).not.toContain(stolen.slice(10, 60));
    }
  });

  test('error: an access list that nobody asked for', async () => {
    const { serializeTransaction } = await import('viem');
    const withList = {
      ...eip1559,
      accessList: [{ address: address as `0x${string}`, storageKeys: [] }],
    } as Parameters<typeof serializeTransaction>[0];
    const unsigned = serializeTransaction(withList);
    const signature = signHash(keccak256(hexToBytes(unsigned)), privateKey);
    const raw = serializeTransaction(withList, {
      r: bytesToHex(signature.subarray(0, 32)),
      s: bytesToHex(signature.subarray(32, 64)),
      yParity: (signature[64] ?? 27) - 27,
    });
    await using server = await serve(tell('eth_signTransaction', () => raw));
    const signer = await remoteSigner({ url: server.rpcUrl, address });
    const error = await failure(signer.signTransaction(eip1559));
    expect(error.shortMessage).toContain('no signature of this account over what was asked');
  });

  test('error: refused, and the token stays hidden', async () => {
    await using server = await serve((request, response) =>
      request.method === 'eth_sign'
        ? refuse(response, request, { code: -32000, message: `token ${token} may not sign` })
        : false,
    );
    const signer = await remoteSigner({ url: server.rpcUrl, token, address });
    const error = await failure(signer.signMessage(claim.packed));
    expect(error.code).toBe('SIGNER_REFUSED');
    expect(error.message).toBe(`The remote signer refused eth_sign: token [hidden] may not sign
Place: ${server.host}
Found: JSON-RPC error -32000`);
  });

  test('error: not let in', async () => {
    await using server = await serve((_, response) => fail(response, 401, `no ${token}`));
    const error = await failure(remoteSigner({ url: server.rpcUrl, token, address }));
    expect(error.code).toBe('RPC_HTTP_STATUS');
    expect(error.shortMessage).toBe('The remote signer refused the request.');
    const shown = `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`;
    expect(shown).not.toContain(token);
    expect(shown).not.toContain('secret-api-key');
  });

  test('error: too late, gone away, not there', async () => {
    await using server = await serve(({ method }) => {
      return method === 'eth_sign' ? new Promise(() => {}) : false;
    });
    const url = server.rpcUrl;
    const signer = await remoteSigner({ url, address, timeoutMs: 300 });
    expect((await failure(signer.signMessage(claim.packed))).message).toBe(
      `The remote signer did not answer within 300 ms.\nPlace: ${server.host}`,
    );
    const controller = new AbortController();
    const { signal } = controller;
    const leaving = failure(signer.signMessage(claim.packed, { signal }));
    controller.abort();
    expect((await leaving).message).toBe(
      `The remote signer request was cancelled.\nPlace: ${server.host}`,
    );
    const nobody = await failure(remoteSigner({ url: 'http://127.0.0.1:1', address }));
    expect(nobody.code).toBe('RPC_UNREACHABLE');
    expect(nobody.shortMessage).toBe('The remote signer cannot be reached.');
  });
});
