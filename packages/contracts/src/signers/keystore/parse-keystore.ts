import { type Address, BaseError, bytesToHex, checksumAddress, hexToBytes } from '@snetkit/core';
import type { Keystore } from './keystore.ts';

/** A keystore with its fields as they are used. */
export interface ParsedKeystore {
  readonly address: Address | undefined;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly mac: Uint8Array;
  readonly derivation: Scrypt | Pbkdf2;
}

interface Scrypt {
  readonly kdf: 'scrypt';
  readonly salt: Uint8Array;
  readonly length: number;
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

interface Pbkdf2 {
  readonly kdf: 'pbkdf2';
  readonly salt: Uint8Array;
  readonly length: number;
  readonly iterations: number;
}

/** How costly a keystore may be to open; somebody else may have written it. */
export interface KeystoreLimits {
  /** Bytes that scrypt may use; 512 MiB when not given (geth's files need 256 MiB). */
  readonly maxMemoryBytes?: number | undefined;
}

/** Blocks that scrypt may work on in all: 16 times those of geth's files. */
const maxScryptWork = 2 ** 25;

/** 40 times those of the usual files. */
const maxIterations = 10_000_000;

/** Reads longer than this are no keystore. */
const maxTextLength = 64 * 1024;

/**
 * Reads a keystore: the text of a file, or the object in it. Keys of any case of the letters of
 * `Crypto` and hexadecimal digits with and without `0x` are taken, as wallets write both.
 *
 * @throws BaseError `KEYSTORE_INVALID`, `KEYSTORE_UNSUPPORTED`
 */
export function parseKeystore(
  keystore: string | Keystore,
  { maxMemoryBytes = 512 * 1024 * 1024 }: KeystoreLimits = {},
): ParsedKeystore {
  const root = parseRoot(keystore);
  if (root['version'] !== 3) {
    throw new BaseError('KEYSTORE_UNSUPPORTED', 'The version of the keystore is not known.', {
      ...{ place: '/version', expected: '3', found: describe(root['version']) },
    });
  }
  const crypto = readObject(root['crypto'] ?? root['Crypto'], '/crypto');
  const { cipher, kdf } = crypto;
  if (cipher !== 'aes-128-ctr')
    throw unsupported('cipher', { expected: 'aes-128-ctr', found: cipher });
  const params = readObject(crypto['kdfparams'], '/crypto/kdfparams');
  const salt = readBytes(params['salt'], { place: '/crypto/kdfparams/salt', min: 1, max: 1024 });
  const length = readInteger(params['dklen'], {
    place: '/crypto/kdfparams/dklen',
    min: 32,
    max: 64,
  });
  const cipherparams = readObject(crypto['cipherparams'], '/crypto/cipherparams');
  return {
    address: readAddress(root['address']),
    iv: readBytes(cipherparams['iv'], { place: '/crypto/cipherparams/iv', min: 16, max: 16 }),
    // Old programs cut zeros at the start of the key.
    ciphertext: readBytes(crypto['ciphertext'], { place: '/crypto/ciphertext', min: 1, max: 32 }),
    mac: readBytes(crypto['mac'], { place: '/crypto/mac', min: 32, max: 32 }),
    derivation: { salt, length, ...readDerivation({ kdf, params, maxMemoryBytes }) },
  };
}

function parseRoot(keystore: string | Keystore): Fields {
  if (typeof keystore !== 'string') return readObject(keystore, '/');
  if (keystore.length > maxTextLength) {
    throw invalid('/', {
      expected: `at most ${maxTextLength} characters`,
      found: `${keystore.length}`,
    });
  }
  try {
    return readObject(JSON.parse(keystore), '/');
  } catch (error) {
    // No cause: it would quote the text, and a private key is often kept in a file, too.
    throw error instanceof BaseError ? error : invalid('/', { expected: 'JSON' });
  }
}

function readDerivation(options: { kdf: unknown; params: Fields; maxMemoryBytes: number }) {
  const { kdf, params, maxMemoryBytes } = options;
  const place = '/crypto/kdfparams';
  const read = (name: string) =>
    readInteger(params[name], { place: `${place}/${name}`, min: 1, max: Number.MAX_SAFE_INTEGER });
  if (kdf === 'scrypt') {
    const [n, r, p] = [read('n'), read('r'), read('p')];
    if (n < 2 || !Number.isInteger(Math.log2(n))) {
      throw invalid(`${place}/n`, { expected: 'a power of two', found: String(n) });
    }
    if (128 * n * r > maxMemoryBytes) {
      throw costly({
        expected: `at most ${maxMemoryBytes} bytes of memory`,
        found: `${128 * n * r} bytes`,
      });
    }
    if (n * r * p > maxScryptWork) {
      throw costly({ expected: `n * r * p of at most ${maxScryptWork}`, found: String(n * r * p) });
    }
    return { kdf, n, r, p } as const;
  }
  if (kdf === 'pbkdf2') {
    const { prf } = params;
    if (prf !== 'hmac-sha256') throw unsupported('prf', { expected: 'hmac-sha256', found: prf });
    const iterations = read('c');
    if (iterations > maxIterations) {
      throw costly({ expected: `at most ${maxIterations} iterations`, found: String(iterations) });
    }
    return { kdf, iterations } as const;
  }
  throw unsupported('kdf', { expected: 'scrypt or pbkdf2', found: kdf });
}

type Fields = Readonly<Record<string, unknown>>;

function readObject(value: unknown, place: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw invalid(place, { expected: 'an object', found: describe(value) });
}

function readInteger(value: unknown, range: { place: string; min: number; max: number }): number {
  const { place, min, max } = range;
  if (Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max)
    return Number(value);
  throw invalid(place, { expected: `an integer from ${min} to ${max}`, found: describe(value) });
}

function readBytes(value: unknown, range: { place: string; min: number; max: number }): Uint8Array {
  const { place, min, max } = range;
  const digits = typeof value === 'string' ? value.replace(/^0x/i, '') : '';
  const even = /^(?:[0-9a-fA-F]{2})+$/.test(digits);
  if (even && digits.length >= 2 * min && digits.length <= 2 * max)
    return hexToBytes(`0x${digits}`);
  const expected = `${min === max ? '' : `${2 * min} to `}${2 * max} hexadecimal digits`;
  throw invalid(place, { expected, found: describe(value) });
}

function readAddress(value: unknown): Address | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return checksumAddress(bytesToHex(readBytes(value, { place: '/address', min: 20, max: 20 })));
}

/** Says what kind of thing it is; texts may be anything, secrets among them. */
function describe(value: unknown): string {
  if (typeof value === 'string') return `${value.length} characters`;
  return typeof value === 'number' ? String(value) : value === null ? 'null' : typeof value;
}

function invalid(place: string, options: { expected: string; found?: string }): BaseError {
  return new BaseError('KEYSTORE_INVALID', 'The keystore is damaged, or is no keystore.', {
    ...{ place, ...options },
  });
}

function unsupported(name: string, options: { expected: string; found: unknown }): BaseError {
  const { expected, found } = options;
  return new BaseError('KEYSTORE_UNSUPPORTED', `The ${name} of the keystore is not known.`, {
    ...{ place: `/crypto/${name}`, expected, found: describe(found) },
  });
}

function costly(options: { expected: string; found: string }): BaseError {
  return new BaseError('KEYSTORE_UNSUPPORTED', 'The keystore is too costly to open.', {
    place: '/crypto/kdfparams',
    ...options,
  });
}
