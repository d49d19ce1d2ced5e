import {
  type BaseError,
  bigintToBytes,
  bytesToBigint,
  bytesToHex,
  hashPersonalMessage,
  keccak256 as portableKeccak,
  portableRecovery,
  privateKeyToAddress,
  recoverSigner,
  type SignatureRecovery,
  signMessage,
  uint256ToBytes,
} from '@snetkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadRecovery } from './load-recovery.ts';
import { loadNativeRecovery } from './native-recovery.ts';

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const privateKey = fc.bigInt({ min: 1n, max: order - 1n }).map((value) => uint256ToBytes(value));
const message = fc.uint8Array({ maxLength: 300 });

/** What a driver makes of a signature: an address, or code and text of its error. */
function outcome(recovery: SignatureRecovery, hash: Uint8Array, signature: Uint8Array): string {
  try {
    return bytesToHex(recovery.recoverAddress(hash, signature));
  } catch (error) {
    const { code, message } = error as BaseError;
    return `${code}: ${message}`;
  }
}

test('default: the fast drivers are live here', async () => {
  const { recovery, keccakName } = await loadRecovery();
  expect(recovery.name).toBe('secp256k1-native');
  expect(keccakName).toBe('hash-wasm');
});

test('behavior: hashes as the portable driver does, and every result is its own', async () => {
  const { keccak } = await loadRecovery();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (data) => {
      expect(keccak(data)).toEqual(portableKeccak(data));
    }),
  );
  const first = keccak(new Uint8Array([1]));
  const kept = first.slice();
  keccak(new Uint8Array([2]));
  expect(first).toEqual(kept);
});

test('behavior: finds the signer for every form of v, and of the twin with high S', async () => {
  const { recovery, keccak } = await loadRecovery();
  fc.assert(
    fc.property(privateKey, message, (key, packed) => {
      const address = privateKeyToAddress(key);
      const signature = signMessage({ message: packed, privateKey: key });
      const recoveryId = (signature[64] as number) - 27;
      const s = bytesToBigint(signature.subarray(32, 64));
      const twin = signature.slice();
      twin.set(uint256ToBytes(order - s), 32);
      for (const [bytes, id] of [
        [signature, recoveryId],
        [twin, 1 - recoveryId],
      ] as const) {
        for (const v of [id, id + 27, id + 54]) {
          bytes[64] = v;
          expect(recoverSigner({ message: packed, signature: bytes, recovery, keccak })).toBe(
            address,
          );
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('behavior: any bytes at all give the same address or the same error as the portable driver', async () => {
  const { recovery } = await loadRecovery();
  const edge = fc.constantFrom(0n, 1n, 2n, order - 1n, order, order + 1n, 2n ** 256n - 1n);
  const scalar = fc.oneof(edge, fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }));
  const v = fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 26, 27, 28, 29, 30, 31, 54, 55), fc.nat(255));
  fc.assert(
    fc.property(scalar, scalar, v, edge, (r, s, last, hash) => {
      const signature = new Uint8Array([...uint256ToBytes(r), ...uint256ToBytes(s), last]);
      const bytes = uint256ToBytes(hash);
      expect(outcome(recovery, bytes, signature)).toBe(outcome(portableRecovery, bytes, signature));
    }),
    { numRuns: 300 },
  );
});

test('error: a signature of another length', async () => {
  const { recovery } = await loadRecovery();
  const hash = hashPersonalMessage(bigintToBytes(1n));
  for (const length of [0, 64, 66]) {
    const signature = new Uint8Array(length);
    expect(() => recovery.recoverAddress(hash, signature)).toThrow(
      `incorrect signature length\nExpected: 65 bytes\nFound: ${length} bytes`,
    );
  }
});

test('behavior: without a binary the portable drivers are used, and say so', async () => {
  const missing = (id: string) => {
    throw new Error(`no native build of ${id}`);
  };
  const { recovery, keccak, keccakName } = await loadRecovery({
    loadKeccak: async () => undefined,
    loadNative: (keccak) => loadNativeRecovery(keccak, missing),
  });
  expect(recovery).toBe(portableRecovery);
  expect(recovery.name).toBe('portable');
  expect(keccak).toBe(portableKeccak);
  expect(keccakName).toBe('portable');
});
