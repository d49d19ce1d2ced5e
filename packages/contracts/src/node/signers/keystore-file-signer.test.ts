import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { privateKeyToAddress } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { encryptKeystore, type Keystore } from '../../signers/keystore.ts';
import { keystoreFileSigner } from './keystore-file-signer.ts';
import { writeKeystoreFile } from './write-keystore-file.ts';

const privateKey = `0x${'3b'.repeat(32)}` as const;
const password = 'a secret that nobody may see';

let directory: string;
let keystore: Keystore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snet-keystore-'));
  keystore = await encryptKeystore({ privateKey, password, n: 2 });
});
afterAll(() => rm(directory, { recursive: true }));

test('default: what was written signs, and nobody else may read it', async () => {
  const path = join(directory, 'account.json');
  await writeKeystoreFile(path, keystore);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await keystoreFileSigner({ path, password })).address).toBe(
    privateKeyToAddress(privateKey),
  );
});

test('behavior: an existing file is not overwritten', async () => {
  const path = join(directory, 'taken.json');
  await writeFile(path, 'mine');
  const error = await failure(writeKeystoreFile(path, keystore));
  expect(error.code).toBe('KEYSTORE_FILE_UNUSABLE');
  expect(error.message).toBe(`The keystore file cannot be written.\nPlace: ${path}`);
  expect(await readFile(path, 'utf8')).toBe('mine');
});

test('error: a wrong password, with the file', async () => {
  const path = join(directory, 'wrong.json');
  await writeKeystoreFile(path, keystore);
  const error = await failure(keystoreFileSigner({ path, password: 'another secret' }));
  expect(error.message).toBe(`The password does not open the keystore.
Place: ${path}
Fix: type it again; if it is certainly right, the file is damaged`);
  expect(inspect(error)).not.toContain('another secret');
});

test('error: a damaged file, with the place in it', async () => {
  const path = join(directory, 'damaged.json');
  await writeFile(path, JSON.stringify({ ...keystore, crypto: { ...keystore.crypto, mac: 'ab' } }));
  const error = await failure(keystoreFileSigner({ path, password }));
  expect(error.code).toBe('KEYSTORE_INVALID');
  expect(error.place).toBe(`${path} at /crypto/mac`);
});

test('error: no file, and one that is no keystore', async () => {
  const path = join(directory, 'none.json');
  const missing = await failure(keystoreFileSigner({ path, password }));
  expect(missing.message).toBe(`The keystore file cannot be read.\nPlace: ${path}`);
  const long = join(directory, 'long.json');
  await writeFile(long, ' '.repeat(70_000));
  expect((await failure(keystoreFileSigner({ path: long, password }))).message).toBe(
    `The file is too long for a keystore.\nPlace: ${long}\nExpected: at most 65536 bytes`,
  );
});
