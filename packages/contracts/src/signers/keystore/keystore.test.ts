import { inspect } from 'node:util';
import { bytesToHex, checksumAddress, privateKeyToAddress } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { type KeystoreVector, keystores } from '../../../test/signers/keystores.ts';
import { nativeScrypt } from '../../node/index.ts';
import {
  decryptKeystore,
  encryptKeystore,
  getKeystoreAddress,
  type Keystore,
  keystoreSigner,
  type Scrypt,
} from '../keystore.ts';

const key = `0x${'3a'.repeat(32)}` as const;
const password = 'pässword ☃';

/** Cheap to open: two blocks. */
const light = keystores.find(({ name }) => name === 'key of 31 bytes') as KeystoreVector;

/** The light one with something else in its `crypto`. */
const change = (crypto: object, root: object = {}): Keystore => ({
  ...light.keystore,
  ...root,
  crypto: { ...light.keystore.crypto, ...crypto },
});
const changeParams = (params: object) =>
  change({ kdfparams: { ...light.keystore.crypto.kdfparams, ...params } });
const open = (keystore: string | Keystore) => decryptKeystore({ keystore, password: 'foo' });

describe('decryptKeystore', () => {
  test.each(keystores)('default: $name', async ({ keystore, password, privateKey, address }) => {
    const found = await decryptKeystore({ keystore, password, scrypt: nativeScrypt });
    if (privateKey) expect(bytesToHex(found)).toBe(privateKey);
    if (address) expect(privateKeyToAddress(found)).toBe(checksumAddress(address));
  });

  test('default: the portable driver opens what the native one does', async () => {
    const { keystore, password, privateKey } = keystores.at(-1) as KeystoreVector;
    expect(bytesToHex(await decryptKeystore({ keystore, password }))).toBe(privateKey);
  });

  test('behavior: text, `Crypto`, and digits with 0x', async () => {
    const { crypto, ...rest } = light.keystore;
    const other = { ...rest, Crypto: { ...crypto, mac: `0x${crypto.mac.toUpperCase()}` } };
    expect(bytesToHex(await open(JSON.stringify(other)))).toBe(light.privateKey);
  });

  test('error: a wrong password', async () => {
    const secret = 'a secret that nobody may see';
    const error = await failure(decryptKeystore({ ...light, password: secret }));
    expect(error.code).toBe('KEYSTORE_PASSWORD_INVALID');
    expect(error.message).toMatchInlineSnapshot(`
      "The password does not open the keystore.
      Fix: type it again; if it is certainly right, the file is damaged"
    `);
    expect(inspect(error)).not.toContain(secret);
  });

  test('error: damaged bytes', async () => {
    const [first = '', ...rest] = light.keystore.crypto.ciphertext;
    const flipped = change({ ciphertext: [first === '0' ? '1' : '0', ...rest].join('') });
    expect((await failure(open(flipped))).code).toBe('KEYSTORE_PASSWORD_INVALID');
  });

  test('error: the key of another address', async () => {
    const address = '00'.repeat(20);
    expect((await failure(open(change({}, { address })))).message).toBe(
      `The keystore holds the key of another address.
Place: /address
Expected: 0x0000000000000000000000000000000000000000
Found: ${privateKeyToAddress(light.privateKey ?? '0x')}`,
    );
  });

  const damaged: readonly [string, string | Keystore, string][] = [
    ['no JSON', `0x${'42'.repeat(32)}`, 'Place: /\nExpected: JSON'],
    ['no object', '[]', 'Place: /\nExpected: an object\nFound: object'],
    ['much too long', ' '.repeat(70_000), 'Expected: at most 65536 characters\nFound: 70000'],
    ['an odd number of digits', change({ mac: 'a'.repeat(63) }), '/crypto/mac\nExpected: 64 hexa'],
    ['no vector', change({ cipherparams: {} }), '/crypto/cipherparams/iv\nExpected: 32 hexa'],
    [
      'a long key',
      change({ ciphertext: 'ab'.repeat(33) }),
      '/crypto/ciphertext\nExpected: 2 to 64',
    ],
    ['a short address', change({}, { address: 'ab' }), '/address\nExpected: 40 hexadecimal digits'],
    ['n that is no power of two', changeParams({ n: 3 }), '/kdfparams/n\nExpected: a power of two'],
    ['r of zero', changeParams({ r: 0 }), '/kdfparams/r\nExpected: an integer from 1 to'],
    ['p that is text', changeParams({ p: '1' }), '/kdfparams/p\nExpected: an integer from 1 to'],
    [
      'a short derived key',
      changeParams({ dklen: 16 }),
      '/dklen\nExpected: an integer from 32 to 64',
    ],
  ];
  test.each(damaged)('error: %s', async (_, keystore, text) => {
    const error = await failure(open(keystore));
    expect(error.code).toBe('KEYSTORE_INVALID');
    expect(error.message).toContain('The keystore is damaged, or is no keystore.');
    expect(error.message).toContain(text);
    expect(inspect(error)).not.toContain('4242');
  });

  const pbkdf2 = (params: object) =>
    change({ kdf: 'pbkdf2', kdfparams: { dklen: 32, salt: 'ab', prf: 'hmac-sha256', ...params } });
  const unknown: readonly [string, Keystore, string][] = [
    ['version 1', change({}, { version: 1 }), 'Place: /version\nExpected: 3\nFound: 1'],
    ['a cipher', change({ cipher: 'aes-128-cbc' }), 'Place: /crypto/cipher\nExpected: aes-128-ctr'],
    ['a kdf', change({ kdf: 'argon2' }), 'Place: /crypto/kdf\nExpected: scrypt or pbkdf2'],
    ['a prf', pbkdf2({ c: 1, prf: 'hmac-sha1' }), 'Place: /crypto/prf\nExpected: hmac-sha256'],
    [
      'much memory',
      changeParams({ n: 2 ** 20 }),
      'at most 536870912 bytes of memory\nFound: 1073741824',
    ],
    [
      'much work',
      changeParams({ n: 2 ** 18, p: 99 }),
      'n * r * p of at most 33554432\nFound: 2076',
    ],
    ['many iterations', pbkdf2({ c: 2 ** 31 }), 'Expected: at most 10000000 iterations'],
  ];
  test.each(unknown)('error: %s that is not supported', async (_, keystore, text) => {
    const error = await failure(open(keystore));
    expect(error.code).toBe('KEYSTORE_UNSUPPORTED');
    expect(error.message).toContain(text);
  });

  test('args: maxMemoryBytes', async () => {
    const options = { keystore: light.keystore, password: 'foo', maxMemoryBytes: 2047 };
    expect((await failure(decryptKeystore(options))).code).toBe('KEYSTORE_UNSUPPORTED');
    await decryptKeystore({ ...options, maxMemoryBytes: 2048 });
  });

  test('args: signal', async () => {
    const { keystore, password } = keystores[0] as KeystoreVector;
    const before = decryptKeystore({ keystore, password, signal: AbortSignal.abort() });
    expect((await failure(before)).code).toBe('ABORTED');
    const controller = new AbortController();
    const during = decryptKeystore({ keystore, password, signal: controller.signal });
    controller.abort();
    expect((await failure(during)).message).toBe('The opening of the keystore was cancelled.');
  });
});

describe('encryptKeystore', () => {
  test('default: opens again, and holds nothing twice', async () => {
    const options = { privateKey: key, password, n: 4096 };
    const [one, two] = [await encryptKeystore(options), await encryptKeystore(options)];
    expect(bytesToHex(await decryptKeystore({ keystore: one, password }))).toBe(key);
    expect(getKeystoreAddress(one)).toBe(privateKeyToAddress(key));
    expect(JSON.stringify(one)).not.toContain(key.slice(2));
    expect(one.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    for (const pick of [
      (keystore: Keystore) => keystore.id,
      (keystore: Keystore) => keystore.crypto.cipherparams.iv,
      (keystore: Keystore) => keystore.crypto.kdfparams['salt'],
      (keystore: Keystore) => keystore.crypto.ciphertext,
    ]) {
      expect(pick(one)).not.toBe(pick(two));
    }
  });

  test('default: as costly as those of geth', async () => {
    const asked: unknown[] = [];
    // What is asked of the driver counts here; the work itself takes a second and 256 MiB.
    const scrypt: Scrypt = ({ n, r, p, length }) => {
      asked.push({ n, r, p, length });
      return nativeScrypt({
        password: new Uint8Array(1),
        salt: new Uint8Array(1),
        n: 2,
        r,
        p,
        length,
      });
    };
    const keystore = await encryptKeystore({ privateKey: key, password, scrypt });
    expect(keystore.crypto.kdfparams).toMatchObject({ n: 262_144, r: 8, p: 1, dklen: 32 });
    const signer = await keystoreSigner({ keystore, password, scrypt });
    expect(signer.address).toBe(privateKeyToAddress(key));
    const expected = { n: 262_144, r: 8, p: 1, length: 32 };
    expect(asked).toEqual([expected, expected]);
  });

  test('error: no password, no key', async () => {
    const empty = await failure(encryptKeystore({ privateKey: key, password: '' }));
    expect(empty.message).toBe('A keystore needs a password that is not empty.');
    const bad = await failure(encryptKeystore({ privateKey: `${key}00`, password }));
    expect(bad.code).toBe('PRIVATE_KEY_INVALID');
  });
});

describe('getKeystoreAddress', () => {
  test('default', () => {
    const names = keystores.map(({ keystore }) => getKeystoreAddress(keystore));
    expect(names.filter((address) => address !== undefined)).toEqual([
      '0x45DeA0FB0bBA44f4fcF290bbA71Fd57d7117Cbb8',
      '0xf466859eAD1932D743d622CB74FC058882E8648A',
    ]);
  });
});
