import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { sdkVectors } from '../../test/vectors.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { bytesToBigint } from '../bytes/uint256.ts';
import type { Hex } from '../types.ts';
import { hashPersonalMessage } from './hash-personal-message.ts';
import { keccak256 } from './keccak256.ts';
import { portableSigning } from './portable-signing.ts';
import { recoverSigner } from './recover-signer.ts';
import { privateKeyToAddress, signHash, signMessage } from './sign-message.ts';

const keys = Object.entries(sdkVectors.accounts.keys);
const { private_key: privateKey, address } = sdkVectors.accounts.keys['hh0']!;

test.each(keys)('default: address of key %s', (_, account) => {
  expect(privateKeyToAddress(account.private_key)).toBe(account.address);
  expect(privateKeyToAddress(hexToBytes(account.private_key))).toBe(account.address);
});

test('behavior: v is 27 or 28, s is low, and the signer comes back', () => {
  const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
      const signature = signMessage({ message, privateKey });
      expect(signature).toHaveLength(65);
      expect([27, 28]).toContain(signature[64]);
      expect(bytesToBigint(signature.subarray(32, 64)) <= halfOrder).toBe(true);
      expect(recoverSigner({ message, signature })).toBe(address);
      expect(signMessage({ message, privateKey: hexToBytes(privateKey) })).toEqual(signature);
    }),
    { numRuns: 25 },
  );
});

test('args: signing and keccak', () => {
  const message = hexToBytes('0x0102');
  const seen: string[] = [];
  const signature = signMessage({
    message,
    privateKey,
    signing: {
      name: 'probe',
      signHash(hash, key) {
        seen.push(bytesToHex(hash), bytesToHex(key));
        return portableSigning.signHash(hash, key);
      },
    },
    keccak: (data) => {
      seen.push('keccak');
      return keccak256(data);
    },
  });
  expect(signature).toEqual(signMessage({ message, privateKey }));
  expect(seen).toEqual([
    ...['keccak', 'keccak'],
    ...[bytesToHex(hashPersonalMessage(message)), privateKey],
  ]);
});

test('error: a hash of another length', () => {
  expect(() => signHash(new Uint8Array(33), privateKey)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: A signed hash must have 32 bytes.
    Expected: 32 bytes
    Found: 33 bytes]
  `);
});

test('error: a key that is none, and is not shown', () => {
  const wrong: readonly (Hex | Uint8Array)[] = [
    '0x',
    `${privateKey}00`,
    `0x${'f'.repeat(64)}`,
    `0x${'0'.repeat(64)}`,
    `0x${'z'.repeat(64)}`,
    new Uint8Array(31),
  ];
  for (const key of wrong) {
    const error = catchError(() => privateKeyToAddress(key));
    expect(error.code).toBe('PRIVATE_KEY_INVALID');
    expect(error.cause).toBe(undefined);
    expect(error.message).toBe(
      'The private key cannot be used.\nExpected: 0x and 64 hexadecimal digits, inside the range of the curve',
    );
  }
});
