import { expect, test } from 'vitest';
import { findSigningKey } from './find-signing-key.ts';

const privateKey = '0xaeaa9fb59c0dd868260af55ea65be077dbcaa063c067dfc0865845a0af5de84c';
const signer = '0xF627CE8635cdC34b2f619FDDb4E4b61308D6BD68';
const other = '0x101A018fE784bF01d538b5d4dfA311d047DBA491';

test('default: the key of the signer', () => {
  expect(findSigningKey({ privateKey, signer })).toEqual({ key: privateKey });
});

test('behavior: without a key there is nothing to say', () => {
  expect(findSigningKey({ privateKey: undefined, signer })).toEqual({});
});

test.each([
  [
    other,
    `private_key_for_free_calls belongs to ${signer}, the service metadata names ${other} as free_call_signer_address: no tokens of free calls are given out`,
  ],
  [
    undefined,
    `private_key_for_free_calls is set (${signer}), but the service metadata names no free_call_signer_address: no tokens of free calls are given out`,
  ],
] as const)('error: the metadata names %s', (named, problem) => {
  const found = findSigningKey({ privateKey, signer: named });
  expect(found).toEqual({ problem });
  expect(problem).not.toContain(privateKey.slice(2, 10));
});
