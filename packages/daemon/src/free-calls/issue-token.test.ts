import { bytesToHex } from '@snetkit/core';
import { expect, test } from 'vitest';
import { vector, vectorOptions, vectors } from '../../test/free-calls/vectors.ts';
import { issueToken } from './issue-token.ts';

const { terms } = vectorOptions();
const privateKey = vectors.keys['B']!.privateKey;
const wallet = '0x101a018fe784bf01d538b5d4dfa311d047dba491';
const base = { terms, wallet, userId: '', block: 99n, privateKey };

test.each([
  ['free_call_token_issued', '', 21n],
  ['free_call_token_issued_user_id', 'user@example.com', 172_800n],
])('default: vector %s, byte for byte', (name, userId, lifetime) => {
  const { token, expirationBlock } = issueToken({ ...base, userId, lifetime });
  expect(bytesToHex(token)).toBe(vector(name).token);
  expect(expirationBlock).toBe(99n + lifetime);
});

test.each([
  [undefined, 172_899n],
  [172_800n, 172_899n],
  [172_801n, 172_899n],
  [2n ** 64n - 1n, 172_899n],
  [0n, 99n],
  [1n, 100n],
])('behavior: a life of %s blocks ends at %s', (lifetime, expected) => {
  expect(issueToken({ ...base, lifetime }).expirationBlock).toBe(expected);
});
