import type { OutgoingHttpHeaders } from 'node:http2';
import { privateKeySigner } from '@snetkit/contracts';
import { packFreeCallTokenMessage, signMessage } from '@snetkit/core';
import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askChain } from '../harness/ask-chain.ts';
import { createFreeCaller, type FreeCaller } from '../harness/free-caller.ts';
import type { GrpcAnswer } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';

// The texts are those of protocol/daemon.md 4.2; README.md beside lists the ones that cannot occur.
const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const daemonKey = deriveTestAccount(7);
const trustedKey = deriveTestAccount(8);
const scarceKey = deriveTestAccount(9);
const poorKey = deriveTestAccount(10);

const names = {
  address: 'snet-free-call-user-address',
  block: 'snet-current-block-number',
  signature: 'snet-payment-channel-signature-bin',
  token: 'snet-free-call-auth-token-bin',
};

let network: PaidNetwork;
let caller: FreeCaller;
let trusted: FreeCaller;
let token: Uint8Array;

beforeAll(async () => {
  network = await startPaidNetwork({
    freeCalls: { calls: 1_000, signer: daemonKey.address },
    daemonConfig: {
      private_key_for_free_calls: daemonKey.privateKey.slice(2),
      trusted_free_call_signers: [trustedKey.address, scarceKey.address],
      free_calls_per_address: { [trustedKey.address]: 'unlimited', [scarceKey.address]: 2 },
    },
  });
  caller = createFreeCaller(network, network.client);
  trusted = createFreeCaller(network, privateKeySigner(trustedKey.privateKey));
  ({ token } = await caller.getToken());
});

afterAll(() => network?.stop());

let served = 0n;

// None is counted, and none keeps the next good call away.
afterEach(async () => {
  const headers = await caller.pay(token);
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0, message: '' });
  served += 1n;
  expect(await caller.getAvailable(token)).toBe(1_000n - served);
});

async function refusalOf(headers: OutgoingHttpHeaders): Promise<string> {
  const answer = await network.call(detect, headers, text);
  expect(answer.messages).toEqual([]);
  return textOf(answer);
}

function textOf({ status, message }: GrpcAnswer): string {
  return `${status} ${message}`;
}

async function mine(blocks: number): Promise<void> {
  await askChain(network.devnet.rpcUrl, 'anvil_mine', [`0x${blocks.toString(16)}`]);
}

async function latestBlock(): Promise<bigint> {
  return BigInt(String(await askChain(network.devnet.rpcUrl, 'eth_blockNumber', [])));
}

/** A token that the daemon's key has signed over whatever is given. */
function forge(expirationBlock: bigint, digits = String(expirationBlock)): Uint8Array {
  const { organizationId, groupName } = network.devnet;
  const { address } = network.client;
  const message = packFreeCallTokenMessage({ organizationId, groupName, address, expirationBlock });
  const signature = signMessage({ message, privateKey: daemonKey.privateKey });
  return Buffer.concat([signature, Buffer.from(`_${digits}`)]);
}

test.each(Object.values(names))('error: %s is missing', async (name) => {
  const headers = await caller.pay(token);
  delete headers[name];
  expect(await refusalOf(headers)).toBe(`3 missing "${name}"`);
});

test('error: the block is no number', async () => {
  for (const value of ['', '0x2a', '-1', 'many']) {
    const headers = { ...(await caller.pay(token)), [names.block]: value };
    expect(await refusalOf(headers)).toBe(`3 incorrect format "${names.block}": "${value}"`);
  }
});

test.each([names.address, names.block])('error: %s is given twice', async (name) => {
  const headers = { ...(await caller.pay(token)), [name]: ['1', '2'] };
  expect(await refusalOf(headers)).toBe(`3 too many values for key "${name}": [1 2]`);
});

test.each([
  ['no underscore', 'abc', "no '_' found"],
  ['no digits', 'abc_', 'invalid block number'],
  ['other characters', 'abc_1x', 'invalid block number'],
  ['a sign', 'abc_-1', 'invalid block number'],
  ['a number of 70 digits', `abc_${'9'.repeat(70)}`, 'invalid block number'],
])('error: a token with %s', async (_name, value, cause) => {
  const bytes = Buffer.from(value);
  expect(await refusalOf(await caller.pay(bytes))).toBe(`3 invalid token: ${cause}`);
  expect(textOf(await caller.askAvailable(bytes))).toBe(`2 ${cause}`);
});

const badSignatures: readonly (readonly [string, Uint8Array])[] = [
  ['incorrect signature length', Buffer.alloc(64, 1)],
  ['incorrect signature length', Buffer.alloc(66, 1)],
  ['incorrect signature data', Buffer.alloc(65, 0xff)],
  ['incorrect signature data', Buffer.concat([Buffer.alloc(64), Buffer.from([27])])],
];

test.each(badSignatures)('error: the signature has an %s', async (cause, signature) => {
  expect(await refusalOf(await caller.pay(token, { signature }))).toBe(
    `16 sign is not valid: ${cause}`,
  );
  expect(textOf(await caller.askAvailable(token, { signature }))).toBe(
    `2 sign is not valid: ${cause}`,
  );
  expect(textOf(await caller.askToken({ signature }))).toBe(`2 ${cause}`);
});

test('error: somebody else signed', async () => {
  const { address } = network.client;
  const cause = `unauthorized signer: ${address} not equal ${trustedKey.address}, maybe invalid signature struct`;
  expect(await refusalOf(await trusted.pay(token, { address }))).toBe(
    `16 sign is not valid: ${cause}`,
  );
  expect(textOf(await trusted.askAvailable(token, { address }))).toBe(
    `2 sign is not valid: ${cause}`,
  );
  expect(textOf(await trusted.askToken({ address }))).toBe(
    `2 invalid signer, ${address} (from request) is not equal to ${trustedKey.address} (signer)`,
  );
});

test.each(['', 'me', '0x12', `0x${'00'.repeat(12)}`])(
  'error: the address "%s" is none, whoever signs it',
  async (address) => {
    const { address: signer } = network.client;
    const cause = `unauthorized signer: ${address} not equal ${signer}, maybe invalid signature struct`;
    expect(await refusalOf(await caller.pay(token, { address }))).toBe(
      `16 sign is not valid: ${cause}`,
    );
    expect(textOf(await caller.askAvailable(token, { address }))).toBe(
      `2 sign is not valid: ${cause}`,
    );
    expect(textOf(await caller.askToken({ address }))).toBe(
      `2 invalid signer, ${address} (from request) is not equal to ${signer} (signer)`,
    );
  },
);

test('error: an address that only ends like the wallet, which the official daemon takes', async () => {
  const address = `0x00${network.client.address.slice(2)}`;
  expect(await refusalOf(await caller.pay(token, { address }))).toBe(
    `16 sign is not valid: unauthorized signer: ${address} not equal ${network.client.address}, maybe invalid signature struct`,
  );
});

test('error: it was signed for another service', async () => {
  const headers = await caller.pay(token, { serviceId: 'other' });
  expect(await refusalOf(headers)).toMatch(/^16 sign is not valid: unauthorized signer: /);
});

test.each([
  ['incorrect signature length', Buffer.from('x_99')],
  ['incorrect signature length', Buffer.concat([Buffer.alloc(66, 1), Buffer.from('_99')])],
  ['incorrect signature data', Buffer.concat([Buffer.alloc(65, 0xff), Buffer.from('_99')])],
])('error: the token has an %s', async (cause, forged) => {
  expect(await refusalOf(await caller.pay(forged))).toBe(`16 sign is not valid: ${cause}`);
  expect(textOf(await caller.askAvailable(forged))).toBe(`2 sign is not valid: ${cause}`);
});

test('error: the token is another wallet’s, another user’s, or says another block', async () => {
  const refused = '16 token sign is not valid';
  const others = await trusted.getToken();
  expect(await refusalOf(await caller.pay(others.token))).toBe(refused);
  expect(await refusalOf(await caller.pay(token, { userId: 'somebody' }))).toBe(refused);
  const users = await trusted.getToken({ userId: 'ada' });
  expect(await refusalOf(await trusted.pay(users.token))).toBe(refused);
  expect(await refusalOf(await trusted.pay(users.token, { userId: 'bob' }))).toBe(refused);
  expect(await refusalOf(await caller.pay(forge(172_900n, '172901')))).toBe(refused);
  expect(textOf(await caller.askAvailable(others.token))).toBe('2 token sign is not valid');
});

test('behavior: leading zeros of the block are no other block', async () => {
  const block = (await latestBlock()) + 1_000n;
  const headers = await caller.pay(forge(block, `00${block}`));
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  served += 1n;
});

test('error: the token has expired', async () => {
  const expired = 'authentication failed as the Free Call Token passed has expired';
  const { token: short, tokenExpirationBlock } = await caller.getToken({ lifetime: 0n });
  expect(tokenExpirationBlock).toBe(await latestBlock());
  expect(await network.call(detect, await caller.pay(short), text)).toMatchObject({ status: 0 });
  served += 1n;
  await mine(1);
  await expect
    .poll(async () => textOf(await caller.askAvailable(short)), { timeout: 30_000 })
    .toBe(`2 ${expired}`);
  expect(await refusalOf(await caller.pay(short))).toBe(`13 internal error: ${expired}`);
});

test('error: the signature is too old, or from too far ahead', async () => {
  await mine(20);
  const block = await latestBlock();
  await expect
    .poll(async () => textOf(await caller.askAvailable(token, { block })), { timeout: 30_000 })
    .toBe('0 ');
  const expired = 'authentication failed as the signature passed has expired';
  for (const wrong of [block - 6n, block + 6n, 0n, 2n ** 63n, 2n ** 64n - 1n]) {
    expect(await refusalOf(await caller.pay(token, { block: wrong }))).toBe(
      `13 internal error: ${expired}`,
    );
    expect(textOf(await caller.askAvailable(token, { block: wrong }))).toBe(`2 ${expired}`);
    expect(textOf(await caller.askToken({ block: wrong }))).toBe(`2 ${expired}`);
  }
  expect(await refusalOf(await caller.pay(token, { block: 2n ** 256n - 1n }))).toBe(
    `13 internal error: ${expired}`,
  );
  for (const good of [block - 5n, block + 5n]) {
    expect(textOf(await caller.askAvailable(token, { block: good }))).toBe('0 ');
  }
});

test('error: the free calls are used up', async () => {
  const scarce = createFreeCaller(network, privateKeySigner(scarceKey.privateKey));
  for (const userId of ['', 'ada']) {
    const { token: own } = await scarce.getToken({ userId });
    for (const left of [2n, 1n]) {
      expect(await scarce.getAvailable(own, { userId })).toBe(left);
      const headers = await scarce.pay(own, { userId });
      expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
    }
    expect(await refusalOf(await scarce.pay(own, { userId }))).toBe(
      '13 internal error: free call limit has been exceeded, calls made = 2, total free calls eligible = 2',
    );
    expect(await scarce.getAvailable(own, { userId })).toBe(0n);
  }
});

test('behavior: unlimited is told as 99999999, and never ends', async () => {
  const { token: own } = await trusted.getToken();
  for (let call = 0; call < 3; call += 1) {
    expect(await network.call(detect, await trusted.pay(own), text)).toMatchObject({ status: 0 });
    expect(await trusted.getAvailable(own)).toBe(99_999_999n);
  }
});

test('error: only a trusted signer may name a user', async () => {
  expect(textOf(await caller.askToken({ userId: 'ada' }))).toBe(
    '2 your address is not trusted by this service provider, the use of user_id is not allowed',
  );
  expect(textOf(await caller.askToken({ userId: '' }))).toBe('0 ');
});

test('error: the wallet is too poor', async () => {
  const poor = createFreeCaller(network, privateKeySigner(poorKey.privateKey));
  expect(textOf(await poor.askToken())).toBe(
    '2 {Status: rpc error: code = PermissionDenied desc = you must have at least 10 FET (ASI) in your balance to use free calls}',
  );
});

test('error: a user id that cannot be counted for', async () => {
  expect(textOf(await trusted.askToken({ userId: 'u'.repeat(1_025) }))).toBe(
    '2 the user_id of 1025 characters is too long',
  );
  const headers = await caller.pay(token, { userId: 'u'.repeat(1_025) });
  expect(await refusalOf(headers)).toBe('16 the user_id of 1025 characters is too long');
});

test('error: the status of a service that fails is its own, and the call is not counted', async () => {
  const fail = '/text.v1.TextService/Fail';
  // FailRequest { fault: { code: 5, message: "no such text" } }
  const body = Buffer.from([0x0a, 16, 0x08, 5, 0x12, 12, ...Buffer.from('no such text')]);
  expect(await network.call(fail, await caller.pay(token), body)).toMatchObject({
    status: 5,
    message: 'no such text',
  });
});
