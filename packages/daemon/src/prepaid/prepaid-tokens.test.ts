import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { createPrepaidTokens, type PrepaidTokens } from './prepaid-tokens.ts';

const vector: { secret: string; header: string; payload: string; token: string } = JSON.parse(
  readFileSync(new URL('../../fixtures/prepaid-token.json', import.meta.url), 'utf8'),
);
const claims: Record<string, unknown> = JSON.parse(vector.payload);
const payer = '0x94d04332C4f5273feF69c4a52D24f42a3aF1F207';

let now: number;
let tokens: PrepaidTokens;

beforeEach(() => {
  now = 1_800_000_000;
  tokens = createPrepaidTokens({
    secret: vector.secret,
    organizationId: 'YOUR_ORG_ID',
    groupId: '99ybRIg2wAx55mqVsA6sB4S7WxPQHNKqa4BPu/bhj+U=',
    lifetimeMinutes: 1_440,
    now: () => now,
  });
});

/** A token by hand, so that no library agrees with itself. */
function sign(
  body: unknown,
  { alg = 'HS256', hash = 'sha256', secret = vector.secret, header = {} as object } = {},
): string {
  const parts = [{ alg, typ: 'JWT', ...header }, body].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signed = parts.join('.');
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

async function problemOf(token: string, channelId = 1n): Promise<string> {
  const verdict = await tokens.verify(token, channelId);
  return 'problem' in verdict ? verdict.problem : `good for ${verdict.payer}`;
}

test('default: the token of the official daemon is believed, now and again', async () => {
  expect(sign(claims)).toBe(vector.token);
  expect(await tokens.verify(vector.token, 1n)).toEqual({ payer });
  expect(tokens.verify(vector.token, 1n)).toEqual({ payer });
});

test('default: a token that is issued says what the official one says', async () => {
  const token = await tokens.issue({ channelId: 42n, address: payer });
  const [header = '', body = ''] = token.split('.');
  expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}');
  expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toEqual({
    payload: '42',
    userAddress: payer,
    orgId: 'YOUR_ORG_ID',
    groupId: '99ybRIg2wAx55mqVsA6sB4S7WxPQHNKqa4BPu/bhj+U=',
    exp: now + 1_440 * 60,
  });
  expect(token).toBe(sign(JSON.parse(Buffer.from(body, 'base64url').toString())));
  expect(await tokens.verify(token, 42n)).toEqual({ payer });
});

test.each([
  ['HS256', 'sha256'],
  ['HS384', 'sha384'],
  ['HS512', 'sha512'],
])('behavior: %s is believed', async (alg, hash) => {
  expect(await tokens.verify(sign(claims, { alg, hash }), 1n)).toEqual({ payer });
});

test('behavior: the order of claims does not matter, nor that of the digits of a number', async () => {
  const reversed = Object.fromEntries(Object.entries(claims).reverse());
  expect(await tokens.verify(sign(reversed), 1n)).toEqual({ payer });
  expect(await tokens.verify(sign({ ...claims, payload: 1 }), 1n)).toEqual({ payer });
});

test('error: expired, when it is new and when it was believed before', async () => {
  const text = 'token has invalid claims: token is expired';
  expect(await problemOf(sign({ ...claims, exp: now }))).toBe(text);
  const token = sign({ ...claims, exp: now + 1 });
  expect(await problemOf(token)).toBe(`good for ${payer}`);
  now += 1;
  expect(await problemOf(token)).toBe(text);
});

test('error: for another channel, when it is new and when it was believed before', async () => {
  const text = 'payload 1 used to generate the Token doesnt match expected values';
  expect(await problemOf(vector.token, 2n)).toBe(text);
  expect(await problemOf(vector.token)).toBe(`good for ${payer}`);
  expect(await problemOf(vector.token, 2n)).toBe(text);
});

test('error: claims of others, and claims that are missing', async () => {
  const { exp: _exp, ...endless } = claims;
  const { payload: _payload, ...channelless } = claims;
  expect(await problemOf(sign({ ...claims, orgId: 'other' }))).toBe(
    'organization other is not associated with this Daemon',
  );
  expect(await problemOf(sign({ ...claims, groupId: 'b3RoZXI=' }))).toBe(
    'groupId b3RoZXI= is not associated with this Daemon',
  );
  expect(await problemOf(sign(endless))).toBe('token has invalid claims: exp claim is required');
  expect(await problemOf(sign(channelless))).toBe(
    'payload <nil> used to generate the Token doesnt match expected values',
  );
  expect(await problemOf(sign({ ...claims, userAddress: undefined }))).toBe(
    'token missing sender claim',
  );
  expect(await problemOf(sign({ ...claims, userAddress: 'x\r\ny' }))).toBe(
    'token missing sender claim',
  );
  expect(await problemOf(sign({ ...claims, nbf: now + 1 }))).toBe(
    'token has invalid claims: token is not valid yet',
  );
});

test('error: another secret, a changed claim, a cut signature', async () => {
  const text = 'token signature is invalid: signature is invalid';
  expect(await problemOf(sign(claims, { secret: 'x'.repeat(32) }))).toBe(text);
  const [header, , signature] = vector.token.split('.');
  const richer = Buffer.from(JSON.stringify({ ...claims, payload: '2' })).toString('base64url');
  expect(await problemOf(`${header}.${richer}.${signature}`, 2n)).toBe(text);
  expect(await problemOf(vector.token.slice(0, -4))).toBe(text);
  expect(await problemOf(vector.token.slice(0, vector.token.lastIndexOf('.') + 1))).toBe(text);
});

test('error: an algorithm that is no HMAC', async () => {
  const text = 'token is unverifiable: error while executing keyfunc: unexpected signing method: ';
  for (const alg of ['none', 'RS256', 'ES256']) {
    expect(await problemOf(sign(claims, { alg }))).toBe(`${text}${alg}`);
  }
  expect(await problemOf(sign(claims, { alg: 'x\r\ny'.repeat(99) }))).toBe(`${text}unknown`);
});

test('error: no token at all', async () => {
  const segments = 'token is malformed: token contains an invalid number of segments';
  for (const token of ['', 'x', 'a.b', 'a.b.c.d']) expect(await problemOf(token)).toBe(segments);
  const text = 'token is malformed: it cannot be decoded';
  for (const token of ['..', 'a.b.c', '\u0000.\uFFFF.!']) expect(await problemOf(token)).toBe(text);
  for (const body of [null, [], 'text', 7]) expect(await problemOf(sign(body))).toBe(text);
  expect(await problemOf(sign(claims, { header: { crit: ['b64'], b64: false } }))).toMatch(
    /^token (is malformed|signature is invalid)/,
  );
});

test('behavior: a claim of any size does not come back whole', async () => {
  const problem = await problemOf(sign({ ...claims, orgId: 'x'.repeat(100_000) }));
  expect(problem).toBe(`organization ${'x'.repeat(200)}... is not associated with this Daemon`);
});
