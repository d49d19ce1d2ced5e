import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { fetchTokenCreationCode } from '../gen/fetch-token-creation-code.ts';

const published: string = createRequire(import.meta.url)(
  'singularitynet-token-contracts/bytecode/FetchToken.json',
);
const digits = published.slice('0x'.length);

/** Hex digits that the compiler appends: CBOR with the hash of the source's metadata, and its length. */
const tailLength = 2 * 53;
const hashes = /(?<=a264697066735822)1220[0-9a-f]{64}(?=64736f6c6343000602)/;

test('default: the creation code puts the published code on the chain', () => {
  const code = digits.slice(0, -tailLength);
  expect(code).toHaveLength(12_530);
  const at = fetchTokenCreationCode.indexOf(code);
  expect(at).toBeGreaterThan(0);
  const tail = fetchTokenCreationCode.slice(at + code.length, at + digits.length);
  expect(tail.replace(hashes, '')).toBe(digits.slice(-tailLength).replace(hashes, ''));
  expect(tail).toHaveLength(tailLength);
});
