import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import {
  BaseError,
  bigintToBytes,
  bytesToBigint,
  bytesToHex,
  type HashSigning,
  type Hex,
  hashPersonalMessage,
  hexToBytes,
  type Keccak256,
  keccak256 as portableKeccak,
  portableRecovery,
  portableSigning,
  privateKeyToAddress,
  recoverSigner,
  type SignatureRecovery,
  signHash,
  signMessage,
  uint256ToBytes,
} from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadBinding } from './load-binding.ts';
import { loadCrypto } from './load-crypto.ts';
import { loadKeccak } from './load-keccak.ts';
import type { Secp256k1 } from './secp256k1.ts';

interface SignatureVector {
  readonly name: string;
  readonly privateKey: Hex;
  readonly signer: Hex;
  readonly message: Hex;
  readonly signature: Hex;
}

/** All signatures of the protocol's test vectors that were made with a key of the vectors. */
const { signatures: vectors } = JSON.parse(
  readFileSync(new URL('../fixtures/signatures.json', import.meta.url), 'utf8'),
) as { signatures: readonly SignatureVector[] };

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const maxUint256 = 2n ** 256n - 1n;
const edge = fc.constantFrom(0n, 1n, 2n, order - 1n, order, order + 1n, maxUint256);
const scalar = fc.oneof(edge, fc.bigInt({ min: 0n, max: maxUint256 }));
const privateKey = fc
  .oneof(fc.constantFrom(1n, 2n, order - 1n), fc.bigInt({ min: 1n, max: order - 1n }))
  .map((value) => uint256ToBytes(value));
const message = fc.uint8Array({ maxLength: 300 });

/** The real binding, with some of its functions replaced. */
function brokenBinding(broken: Partial<Secp256k1>): Secp256k1 {
  const binding = loadBinding();
  if (binding === undefined) throw new TypeError('no binary here');
  return { ...binding, ...broken };
}

test('default: the fast drivers are live here', async () => {
  const drivers = await loadCrypto();
  expect(drivers.recovery.name).toBe('secp256k1-native');
  expect(drivers.signing.name).toBe('secp256k1-native');
  expect(drivers.keccakName).toBe('hash-wasm');
  expect(drivers.whyPortable).toBe(undefined);
});

describe.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
  test.each(['native', 'portable'])('default: the signature of the %s driver', async (kind) => {
    const { signing, recovery, keccak } =
      kind === 'native'
        ? await loadCrypto()
        : { signing: portableSigning, recovery: portableRecovery, keccak: portableKeccak };
    const packed = hexToBytes(vector.message);
    const signature = signMessage({
      message: packed,
      privateKey: vector.privateKey,
      signing,
      keccak,
    });
    expect(bytesToHex(signature)).toBe(vector.signature);
    expect(recoverSigner({ message: packed, signature, recovery, keccak })).toBe(vector.signer);
  });
});

test('behavior: any key signs any hash with the same bytes as the portable driver', async () => {
  const { signing } = await loadCrypto();
  fc.assert(
    fc.property(privateKey, scalar, (key, value) => {
      const hash = uint256ToBytes(value);
      const kept = [key.slice(), hash.slice()];
      const signature = signHash(hash, key, { signing });
      expect(signature).toEqual(signHash(hash, key));
      expect([key, hash]).toEqual(kept);
    }),
    { numRuns: 200 },
  );
});

test('behavior: messages are signed with the same bytes, and every signature is its own', async () => {
  const { signing, keccak } = await loadCrypto();
  fc.assert(
    fc.property(privateKey, message, (key, packed) => {
      const signature = signMessage({ message: packed, privateKey: key, signing, keccak });
      const kept = signature.slice();
      expect(signature).toEqual(signMessage({ message: packed, privateKey: key }));
      signMessage({ message: new Uint8Array(1), privateKey: key, signing, keccak });
      expect(signature).toEqual(kept);
    }),
    { numRuns: 50 },
  );
});

test('behavior: keys that lie within a longer buffer', async () => {
  const { signing } = await loadCrypto();
  const buffer = new Uint8Array(96).fill(7);
  buffer.fill(9, 32, 64);
  const hash = uint256ToBytes(5n);
  expect(signHash(hash, buffer.subarray(32, 64), { signing })).toEqual(
    signHash(hash, new Uint8Array(32).fill(9)),
  );
});

test('error: a key or a hash that is none, and the key is not shown', async () => {
  const { signing } = await loadCrypto();
  const key = new Uint8Array(32).fill(0xff);
  const attempts = [
    () => signHash(new Uint8Array(32), key, { signing }),
    // As it would be without the check that comes first.
    () => signing.signHash(new Uint8Array(32), key),
  ];
  for (const attempt of attempts) {
    const error = catchError(attempt);
    expect(error.code).toBe('PRIVATE_KEY_INVALID');
    expect(error.cause).toBe(undefined);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/ff ?ff|255, 255/);
  }
  expect(() => signHash(new Uint8Array(31), uint256ToBytes(1n), { signing })).toThrow(
    'A signed hash must have 32 bytes.\nExpected: 32 bytes\nFound: 31 bytes',
  );
});

test('behavior: hashes as the portable driver does, and every result is its own', async () => {
  const { keccak } = await loadCrypto();
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
  const { recovery, keccak } = await loadCrypto();
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
  const { recovery } = await loadCrypto();
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
  const { recovery } = await loadCrypto();
  const hash = hashPersonalMessage(bigintToBytes(1n));
  for (const length of [0, 64, 66]) {
    const signature = new Uint8Array(length);
    expect(() => recovery.recoverAddress(hash, signature)).toThrow(
      `incorrect signature length\nExpected: 65 bytes\nFound: ${length} bytes`,
    );
  }
});

test('behavior: without a binary the portable drivers are used, and say so', async () => {
  const asked: string[] = [];
  const missing = (id: string) => {
    asked.push(id);
    throw new Error(`no native build of ${id}`);
  };
  const drivers = await loadCrypto({
    loadKeccak: async () => undefined,
    loadBinding: () => loadBinding(missing),
  });
  expectPortable(drivers);
  expect(drivers.keccak).toBe(portableKeccak);
  expect(drivers.keccakName).toBe('portable');
  expect(drivers.whyPortable).toBe(
    `secp256k1 has no binary that loads on ${process.platform}-${process.arch}`,
  );
  expect(asked).toEqual(['secp256k1/bindings.js']);
});

test('behavior: the slow JavaScript of the package is not loaded', async () => {
  await loadCrypto();
  const require = createRequire(import.meta.url);
  const loaded = Object.keys(require.cache).filter((path) => path.includes('/secp256k1/'));
  expect(loaded.some((path) => path.endsWith('/bindings.js'))).toBe(true);
  expect(loaded.filter((path) => path.includes('elliptic'))).toEqual([]);
});

const binaries: Readonly<Record<string, () => Partial<Secp256k1>>> = {
  'signs with another nonce': () => {
    const { ecdsaSign } = brokenBinding({});
    const data = new Uint8Array(32).fill(1);
    return { ecdsaSign: (hash, key, _, output) => ecdsaSign(hash, key, { data }, output) };
  },
  'tells the wrong recovery id': () => {
    const { ecdsaSign } = brokenBinding({});
    return {
      ecdsaSign(...args) {
        const { signature, recid } = ecdsaSign(...args);
        return { signature, recid: 1 - recid };
      },
    };
  },
  'writes no signature': () => ({ ecdsaSign: () => ({ signature: new Uint8Array(64), recid: 0 }) }),
  'finds somebody else': () => ({ ecdsaRecover: () => new Uint8Array(65).fill(4) }),
  'throws at every signature': () => ({
    ecdsaSign() {
      throw new Error('boom');
    },
  }),
  'cannot be blinded': () => ({
    contextRandomize() {
      throw new Error('boom');
    },
  }),
};

test.each(Object.entries(binaries))('error: a binary that %s is refused', async (_, broken) => {
  const drivers = await loadCrypto({ loadBinding: () => brokenBinding(broken()) });
  expectPortable(drivers);
  expect(drivers.whyPortable).toBe('the binary of secp256k1 gives wrong answers');
});

test('error: a module of another shape is refused', async () => {
  const drivers = await loadCrypto({ loadBinding: () => loadBinding(() => ({})) });
  expectPortable(drivers);
});

test('error: a hasher that computes something else is refused', async () => {
  const sha: Keccak256 = (data) => portableKeccak(new Uint8Array([...data, 0]));
  const create = async () => {
    let bytes = new Uint8Array();
    const hasher = {
      init: () => hasher,
      update(data: Uint8Array) {
        bytes = Uint8Array.from(data);
        return hasher;
      },
      digest: () => sha(bytes),
    };
    return hasher;
  };
  expect(await loadKeccak(create as never)).toBe(undefined);
  expect(
    await loadKeccak(() => {
      throw new Error('no WebAssembly');
    }),
  ).toBe(undefined);
});

function expectPortable(drivers: { recovery: SignatureRecovery; signing: HashSigning }): void {
  expect(drivers.recovery).toBe(portableRecovery);
  expect(drivers.signing).toBe(portableSigning);
}

/** What a driver makes of a signature: an address, or code and text of its error. */
function outcome(recovery: SignatureRecovery, hash: Uint8Array, signature: Uint8Array): string {
  try {
    return bytesToHex(recovery.recoverAddress(hash, signature));
  } catch (error) {
    const { code, message } = error as BaseError;
    return `${code}: ${message}`;
  }
}

function catchError(work: () => unknown): BaseError {
  try {
    work();
  } catch (error) {
    return BaseError.from(error);
  }
  throw new TypeError('nothing was thrown');
}
