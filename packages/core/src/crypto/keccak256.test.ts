import { expect, test } from 'vitest';
import { bytesToHex } from '../bytes/hex.ts';
import { keccak256 } from './keccak256.ts';

test('default', () => {
  // The known hash of nothing, which sets Keccak apart from SHA-3.
  expect(bytesToHex(keccak256(new Uint8Array()))).toBe(
    '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  );
});
