import { readFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http2';
import { createChainClient, getBlockNumber, privateKeySigner } from '@snetkit/contracts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import {
  createPrepaidClient,
  type PrepaidClient,
  prepaidHeaders,
  tokenSecret,
} from '../harness/prepaid-client.ts';
import { goodClaims, signToken } from '../harness/sign-token.ts';

// The texts are those of protocol/daemon.md 4.3 and 4.4; README.md beside lists the ones that cannot occur.
const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let price: bigint;
let prepaid: PrepaidClient;
let channelId: bigint;
/** Signed so far, all of it planned. */
let signed: bigint;
let served: bigint;
let token: string;

beforeAll(async () => {
  network = await startPaidNetwork({
    daemonConfig: { token_secret_key: tokenSecret, log: { level: 'debug' } },
  });
  price = network.devnet.price;
  prepaid = createPrepaidClient(network);
  channelId = await network.openChannel({ calls: 1_000n });
  signed = 500n * price;
  served = 0n;
  ({ token } = await prepaid.getToken({ channelId, amount: signed }));
});

afterAll(() => network?.stop());

// None leaves the channel unusable, and none is charged or plans anything.
afterEach(async () => {
  const answer = await network.call(detect, prepaidHeaders(channelId, token), text);
  expect(answer).toMatchObject({ status: 0, message: '' });
  served += 1n;
  expect(await prepaid.getToken({ channelId, amount: signed })).toMatchObject({
    plannedAmount: signed,
    usedAmount: served * price,
  });
});

async function refusalOf(headers: OutgoingHttpHeaders): Promise<string> {
  const answer = await network.call(detect, headers, text);
  expect(answer.messages).toEqual([]);
  return `${answer.status} ${answer.message}`;
}

function withToken(other: string): Promise<string> {
  return refusalOf(prepaidHeaders(channelId, other));
}

test.each(['snet-payment-channel-id', 'snet-prepaid-auth-token-bin'])(
  'error: %s is missing',
  async (name) => {
    const headers = prepaidHeaders(channelId, token);
    delete headers[name];
    expect(await refusalOf(headers)).toBe(`3 missing "${name}"`);
  },
);

test('error: a channel id that is no number, or given twice', async () => {
  const name = 'snet-payment-channel-id';
  for (const value of ['', '0x2a', '-1', '1.5', 'many', `${2n ** 256n}`]) {
    const headers = { ...prepaidHeaders(channelId, token), [name]: value };
    expect(await refusalOf(headers)).toBe(`3 incorrect format "${name}": "${value}"`);
  }
  const twice = { ...prepaidHeaders(channelId, token), [name]: ['1', '2'] };
  expect(await refusalOf(twice)).toBe(`3 too many values for key "${name}": [1 2]`);
});

test('error: a token that is not base64 on the wire, or two of them', async () => {
  const name = 'snet-prepaid-auth-token-bin';
  const headers = prepaidHeaders(channelId, token);
  expect(await refusalOf({ ...headers, [name]: '!!!!' })).toBe(
    `3 incorrect format "${name}": "4 characters"`,
  );
  expect(await refusalOf({ ...headers, [name]: ['YQ', 'Yg'] })).toBe(
    `3 too many values for key "${name}": [2 characters 2 characters]`,
  );
});

test('error: the time of the token has passed', async () => {
  const claims = { ...goodClaims(network.devnet, channelId), exp: 1 };
  expect(await withToken(signToken(claims))).toBe(
    '13 internal error: token has invalid claims: token is expired',
  );
});

test('error: the token is for another channel, organization or group', async () => {
  const claims = goodClaims(network.devnet, channelId);
  expect(await withToken(signToken({ ...claims, payload: '77' }))).toBe(
    '13 internal error: payload 77 used to generate the Token doesnt match expected values',
  );
  expect(await withToken(signToken({ ...claims, orgId: 'other' }))).toBe(
    '13 internal error: organization other is not associated with this Daemon',
  );
  expect(await withToken(signToken({ ...claims, groupId: 'b3RoZXI=' }))).toBe(
    '13 internal error: groupId b3RoZXI= is not associated with this Daemon',
  );
  // Believed for its own channel, and for no other.
  expect(await refusalOf(prepaidHeaders(channelId + 1n, token))).toBe(
    `13 internal error: payload ${channelId} used to generate the Token doesnt match expected values`,
  );
});

test('error: the token is signed with another secret, or with none', async () => {
  const claims = goodClaims(network.devnet, channelId);
  const publicSecret = 'test-secret-key-at-least-32-bytes-long';
  expect(await withToken(signToken(claims, { secret: publicSecret }))).toBe(
    '13 internal error: token signature is invalid: signature is invalid',
  );
  for (const alg of ['none', 'RS256']) {
    expect(await withToken(signToken(claims, { alg }))).toBe(
      `13 internal error: token is unverifiable: error while executing keyfunc: unexpected signing method: ${alg}`,
    );
  }
});

test('error: no token, a token without an end, one that is not valid yet', async () => {
  const { exp: _, ...endless } = goodClaims(network.devnet, channelId);
  const malformed = '13 internal error: token is malformed: ';
  expect(await withToken('')).toBe(`${malformed}token contains an invalid number of segments`);
  expect(await withToken('a.b')).toBe(`${malformed}token contains an invalid number of segments`);
  expect(await withToken('a.b.c')).toBe(`${malformed}it cannot be decoded`);
  expect(await withToken('\u00ff\u0000.\n.\u20ac')).toBe(`${malformed}it cannot be decoded`);
  expect(await withToken(signToken(endless))).toBe(
    '13 internal error: token has invalid claims: exp claim is required',
  );
  const early = { ...goodClaims(network.devnet, channelId), nbf: Date.now() };
  expect(await withToken(signToken(early))).toBe(
    '13 internal error: token has invalid claims: token is not valid yet',
  );
});

test('behavior: a token of any HMAC with the secret is good', async () => {
  for (const alg of ['HS256', 'HS384', 'HS512']) {
    const other = signToken(goodClaims(network.devnet, channelId), { alg });
    const headers = prepaidHeaders(channelId, other);
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
    served += 1n;
  }
});

test('error: a channel that never planned anything has nothing to use', async () => {
  const empty = await network.openChannel();
  const good = signToken(goodClaims(network.devnet, empty));
  expect(await refusalOf(prepaidHeaders(empty, good))).toBe(
    `13 internal error: Usage Exceeded on channel Id ${empty}`,
  );
});

test('error: a price that is more than what is left', async () => {
  const other = await network.openChannel();
  const { token: cheap } = await prepaid.getToken({ channelId: other, amount: 2n * price - 1n });
  const headers = prepaidHeaders(other, cheap);
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  expect(await refusalOf(headers)).toBe(`13 internal error: Usage Exceeded on channel Id ${other}`);
});

test('error: GetToken for a channel that nobody opened', async () => {
  expect(await prepaid.refusalOf({ channelId: 99_999n, amount: price })).toBe(
    '2 channel is not found, channelId: 99999',
  );
});

test('error: GetToken for a channel of another group, or of another recipient', async () => {
  const group = await network.openChannel({ groupId: `0x${'07'.repeat(32)}` });
  expect(await prepaid.refusalOf({ channelId: group, amount: price })).toMatch(
    /^2 channel error:channel received belongs to another group of replicas, current group: \[/,
  );
  const recipient = await network.openChannel({ recipient: network.client.address });
  expect(await prepaid.refusalOf({ channelId: recipient, amount: price })).toBe(
    '2 channel error:recipient Address from org metadata does not Match on what was retrieved from Channel',
  );
});

test('error: GetToken for less than what was signed', async () => {
  expect(await prepaid.refusalOf({ channelId, amount: signed - 1n })).toBe(
    '2 signed amount for token request needs to be greater than last signed amount',
  );
});

test('error: GetToken for more than the channel has', async () => {
  expect(await prepaid.refusalOf({ channelId, amount: 1_000n * price + 1n })).toBe(
    '2 signed amount for token request cannot be greater than full amount in channel',
  );
});

test('error: GetToken with an outer signature that is none', async () => {
  for (const signature of [new Uint8Array(0), new Uint8Array(65), new Uint8Array(64).fill(1)]) {
    expect(await prepaid.refusalOf({ channelId, amount: signed, signature })).toBe(
      '2 incorrect signature',
    );
  }
});

test('error: GetToken of a stranger', async () => {
  const asker = privateKeySigner(network.devnet.accounts.secondClient.privateKey);
  expect(await prepaid.refusalOf({ channelId, amount: signed, asker })).toBe(
    '2 only channel signer/sender/receiver can get a Valid Token',
  );
});

test('error: GetToken with a signature that is too old, or of the future', async () => {
  const latest = await getBlockNumber(createChainClient({ rpcUrl: network.devnet.rpcUrl }));
  for (const block of [latest + 20n, latest - 6n, 2n ** 64n - 1n]) {
    expect(await prepaid.refusalOf({ channelId, amount: signed, block })).toBe(
      '2 authentication failed as the signature passed has expired',
    );
  }
});

test('error: GetToken with another nonce', async () => {
  expect(await prepaid.refusalOf({ channelId, amount: signed, nonce: 1n })).toBe(
    '2 incorrect payment channel nonce, latest: 0, sent: 1',
  );
});

test('error: GetToken with a claim that nobody signed, or somebody else', async () => {
  const amount = signed + price;
  expect(await prepaid.refusalOf({ channelId, amount, claimSignature: new Uint8Array(3) })).toBe(
    '2 payment signature is not valid',
  );
  const { accounts } = network.devnet;
  for (const { privateKey } of [accounts.secondClient, accounts.provider]) {
    const signer = privateKeySigner(privateKey);
    expect(await prepaid.refusalOf({ channelId, amount, signer })).toBe(
      '2 payment is not signed by channel signer/sender',
    );
  }
});

test('error: GetToken for a channel near its end', async () => {
  const ending = await network.openChannel({ lifetime: 101n });
  await network.openChannel();
  expect(await prepaid.refusalOf({ channelId: ending, amount: price })).toMatch(
    /^2 payment channel is near to be expired, expiration time: \d+, current block: \d+, expiration threshold: 100$/,
  );
});

test('error: GetToken while a call is in flight', { timeout: 20_000 }, async () => {
  const other = await network.openChannel();
  const slow = '/text.v1.TextService/Slow';
  // SlowRequest { text: "hi", delay_ms: 3000 }
  const body = Buffer.from([0x0a, 2, 0x68, 0x69, 0x10, 0xb8, 0x17]);
  const headers = await network.pay({ channelId: other, amount: price });
  // Of two with the same payment one is refused as soon as the other is in flight.
  const calls = [network.call(slow, headers, body), network.call(slow, headers, body)];
  expect(await Promise.race(calls)).toMatchObject({ status: 9 });
  expect(await prepaid.refusalOf({ channelId: other, amount: 2n * price })).toBe(
    `2 another transaction on channel: {ID: ${other}} is in progress`,
  );
  const ends = await Promise.all(calls);
  expect(ends.map(({ status }) => status).sort()).toEqual([0, 9]);
  expect(await prepaid.getToken({ channelId: other, amount: 2n * price })).toMatchObject({
    plannedAmount: price,
    usedAmount: 0n,
  });
});

test('error: GetToken for a channel that never planned: the text that the Python SDK looks for', async () => {
  const other = await network.openChannel();
  expect(await prepaid.refusalOf({ channelId: other, amount: 0n })).toBe(
    '2 Unable to retrieve planned Amount ',
  );
  const paid = await network.pay({ channelId: other, amount: price });
  expect(await network.call(detect, paid, text)).toMatchObject({ status: 0 });
  expect(await prepaid.refusalOf({ channelId: other, amount: price })).toBe(
    '2 Unable to retrieve planned Amount ',
  );
});

test('behavior: whoever is paid may ask for the token, and it names him', async () => {
  const asker = privateKeySigner(network.devnet.accounts.provider.privateKey);
  const reply = await prepaid.getToken({ channelId, amount: signed, asker });
  const [, claims = ''] = reply.token.split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    payload: `${channelId}`,
    userAddress: network.devnet.accounts.provider.address,
    orgId: network.devnet.organizationId,
    groupId: network.devnet.groupId,
  });
});

test('behavior: neither secret nor tokens reach the log', async () => {
  const log = await readFile(network.devnet.daemon?.logFile ?? '', 'utf8');
  expect(log).toContain('"event":"call"');
  expect(log).not.toContain(tokenSecret);
  const [, claims = '', signature = ''] = token.split('.');
  expect(log).not.toContain(claims);
  expect(log).not.toContain(signature);
});
