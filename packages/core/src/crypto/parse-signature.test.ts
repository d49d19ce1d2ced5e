import { expect, test } from 'vitest';
import { daemonVectors } from '../../test/vectors.ts';
import { parseSignature } from './parse-signature.ts';

const { table } = daemonVectors.vNormalisation;

test.each(table.map((row) => [row.v, row] as const))('default: v of %s', (v, row) => {
  const signature = new Uint8Array(65).fill(7, 0, 64);
  signature[64] = v;
  expect(v % 27).toBe(row.recoveryIdPassedToEcrecover);
  if (row.usable.startsWith('yes')) {
    const parts = parseSignature(signature);
    expect(parts.recoveryId).toBe(row.recoveryIdPassedToEcrecover);
    expect(parts.compact).toEqual(new Uint8Array(64).fill(7));
  } else {
    expect(() => parseSignature(signature)).toThrow('incorrect signature data');
  }
});

test.each([0, 64, 66])('error: %s bytes', (length) => {
  expect(() => parseSignature(new Uint8Array(length))).toThrow(
    expect.objectContaining({
      code: 'SIGNATURE_INVALID',
      shortMessage: 'incorrect signature length',
      message: `incorrect signature length\nExpected: 65 bytes\nFound: ${length} bytes`,
    }),
  );
});

test('error: recovery id above 3', () => {
  const signature = new Uint8Array(65);
  signature[64] = 33;
  expect(() => parseSignature(signature)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: incorrect signature data
    Expected: v of 0, 1, 27 or 28
    Found: v of 33]
  `);
});
