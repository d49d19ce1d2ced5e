import { expect, test } from 'vitest';
import { daemonVectors } from '../../test/vectors.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { bytesToBigint, uint256ToBytes } from '../bytes/uint256.ts';
import { addressToBytes } from './address-to-bytes.ts';
import { hashPersonalMessage } from './hash-personal-message.ts';
import { keccak256 } from './keccak256.ts';
import { portableRecovery } from './portable-recovery.ts';
import { recoverSigner } from './recover-signer.ts';

const fixed = daemonVectors.fixedSignatureFromGoTests;
const message = hexToBytes(fixed.message);
const [good, wrongV, short] = fixed.cases;
const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

test('default', () => {
  expect(bytesToHex(hashPersonalMessage(message))).toBe(fixed.signHash);
  const signature = hexToBytes(good!.signature);
  expect(recoverSigner({ message, signature })).toBe(good!.recoveredSigner);
});

test('behavior: high S is accepted', () => {
  const signature = hexToBytes(good!.signature);
  const high = uint256ToBytes(curveOrder - bytesToBigint(signature.subarray(32, 64)));
  const flipped = concatBytes(signature.subarray(0, 32), high, Uint8Array.of(1 - signature[64]!));
  expect(recoverSigner({ message, signature: flipped })).toBe(good!.recoveredSigner);
});

test('args: recovery and keccak', () => {
  const seen: string[] = [];
  const signer = recoverSigner({
    message,
    signature: hexToBytes(good!.signature),
    recovery: {
      name: 'probe',
      recoverAddress(hash, signature) {
        seen.push(bytesToHex(hash), bytesToHex(signature));
        return addressToBytes(good!.recoveredSigner!);
      },
    },
    keccak: (data) => {
      seen.push('keccak');
      return keccak256(data);
    },
  });
  expect(signer).toBe(good!.recoveredSigner);
  expect(seen).toEqual(['keccak', 'keccak', fixed.signHash, good!.signature, 'keccak']);
});

test('error: recovery id above 3', () => {
  const signature = hexToBytes(wrongV!.signature);
  expect(() => recoverSigner({ message, signature })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: incorrect signature data
    Expected: v of 0, 1, 27 or 28
    Found: v of 33]
  `);
});

test('error: wrong length', () => {
  const signature = hexToBytes(short!.signature);
  expect(() => recoverSigner({ message, signature })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: incorrect signature length
    Expected: 65 bytes
    Found: 2 bytes]
  `);
});

test.each([
  ['r is zero', 0n, 1n],
  ['s is zero', 1n, 0n],
  ['r is the order of the curve', curveOrder, 1n],
  ['s is the order of the curve', 1n, curveOrder],
  ['r is no point of the curve', 5n, 1n],
])('error: %s', (_, r, s) => {
  const signature = concatBytes(uint256ToBytes(r), uint256ToBytes(s), Uint8Array.of(27));
  expect(() => recoverSigner({ message, signature })).toThrow(
    expect.objectContaining({ code: 'SIGNATURE_INVALID', message: 'incorrect signature data' }),
  );
});

test('error: the hash has another length', () => {
  const signature = hexToBytes(good!.signature);
  expect(() =>
    portableRecovery.recoverAddress(new Uint8Array(31), signature),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: A signed hash must have 32 bytes.
    Expected: 32 bytes
    Found: 31 bytes]
  `);
});
