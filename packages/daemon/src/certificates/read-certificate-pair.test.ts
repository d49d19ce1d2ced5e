import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAuthority, type TestAuthority } from '../../test/tls/make-certificate.ts';
import type { CertificatePair } from '../listener/tls-settings.ts';
import { readCertificatePair } from './read-certificate-pair.ts';

let directory: string;
let authority: TestAuthority;
let good: CertificatePair;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-certificates-'));
  authority = await makeAuthority();
  good = await authority.issue(['daemon.test']);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(cert: string | undefined, key: string | undefined): Promise<CertificatePair> {
  const paths = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  for (const path of Object.values(paths)) await rm(path, { force: true });
  if (cert !== undefined) await writeFile(paths.cert, cert);
  if (key !== undefined) await writeFile(paths.key, key);
  return readCertificatePair({
    cert: { setting: 'ssl_cert', path: paths.cert },
    key: { setting: 'ssl_key', path: paths.key },
  });
}

async function messageOf(cert: string | undefined, key: string | undefined): Promise<string> {
  const error = await read(cert, key).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(BaseError);
  expect((error as BaseError).code).toBe('TLS_FILE_INVALID');
  const { message } = error as BaseError;
  // No part of a key may be in it.
  for (const line of (key ?? '').split('\n').filter((text) => text.length > 40)) {
    expect(JSON.stringify(error) + message).not.toContain(line.slice(0, 40));
  }
  return message.replaceAll(directory, 'DIR');
}

test('default: a chain and its key', async () => {
  const chain = `${good.cert}${authority.cert}\n`;
  expect(await read(chain, good.key)).toEqual({ cert: chain, key: good.key });
});

test('error: no file', async () => {
  expect(await messageOf(undefined, good.key)).toMatchInlineSnapshot(`
    "The file of ssl_cert cannot be read.
    Place: ssl_cert
    Expected: a PEM file that this process may read
    Found: DIR/cert.pem (ENOENT)
    Fix: Correct the path, or let the user of this process read the file."
  `);
  expect(await messageOf(good.cert, undefined)).toMatchInlineSnapshot(`
    "The file of ssl_key cannot be read.
    Place: ssl_key
    Expected: a PEM file that this process may read
    Found: DIR/key.pem (ENOENT)
    Fix: Correct the path, or let the user of this process read the file."
  `);
});

test('error: a file without a certificate', async () => {
  expect(await messageOf(good.key, good.key)).toMatchInlineSnapshot(`
    "The file of ssl_cert holds no usable certificate.
    Place: ssl_cert: DIR/cert.pem
    Expected: PEM certificates, the server's own first, each from BEGIN to END CERTIFICATE
    Found: PEM blocks: PRIVATE KEY
    Fix: Give the full chain as the authority sent it, for example fullchain.pem."
  `);
  expect(await messageOf('', good.key)).toMatch(/Found: an empty file\n/);
  expect(await messageOf('hello', good.key)).toMatch(/Found: no PEM block\n/);
  expect(await messageOf('0\0\0', good.key)).toMatch(/Found: binary data, perhaps DER\n/);
});

test('error: a damaged certificate', async () => {
  const damaged = good.cert.replace(/M/g, 'N');
  expect(await messageOf(`${good.cert}${damaged}`, good.key)).toMatchInlineSnapshot(`
    "The file of ssl_cert holds no usable certificate.
    Place: ssl_cert: DIR/cert.pem
    Expected: PEM certificates, the server's own first, each from BEGIN to END CERTIFICATE
    Found: certificate 2 of 2 is damaged
    Fix: Give the full chain as the authority sent it, for example fullchain.pem."
  `);
});

test('error: a file without a key', async () => {
  expect(await messageOf(good.cert, good.cert)).toMatchInlineSnapshot(`
    "The file of ssl_key holds no usable private key.
    Place: ssl_key: DIR/key.pem
    Expected: one private key in PEM, without a passphrase
    Found: PEM blocks: CERTIFICATE
    Fix: Give the key that was made together with the certificate, for example privkey.pem."
  `);
});

test('error: a damaged key', async () => {
  const damaged = good.key.replace(/M/g, 'N');
  expect(await messageOf(good.cert, damaged)).toMatch(/Found: a damaged private key\n/);
});

test('error: a key behind a passphrase', async () => {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
  });
  expect(await messageOf(good.cert, privateKey)).toMatchInlineSnapshot(`
    "The file of ssl_key holds no usable private key.
    Place: ssl_key: DIR/key.pem
    Expected: one private key in PEM, without a passphrase
    Found: a private key behind a passphrase
    Fix: Write it without one: openssl pkey -in OLD -out NEW, and let only the daemon read it."
  `);
});

test("error: another certificate's key", async () => {
  const { key } = await authority.issue(['other.test']);
  expect(await messageOf(good.cert, key)).toMatchInlineSnapshot(`
    "The files of ssl_cert and ssl_key do not belong together.
    Place: ssl_key: DIR/key.pem
    Expected: the private key of the first certificate in DIR/cert.pem
    Found: the key of another certificate
    Fix: Give both files of one certificate; the server's own certificate comes first in its file."
  `);
});

test('error: the authority before the certificate', async () => {
  expect(await messageOf(`${authority.cert}\n${good.cert}`, good.key)).toMatch(
    /^The files of ssl_cert and ssl_key do not belong together\.\n/,
  );
});
