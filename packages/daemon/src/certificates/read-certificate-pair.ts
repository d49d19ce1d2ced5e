import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { BaseError } from '@snetkit/core';
import type { CertificatePair } from '../listener/tls-settings.ts';
import type { CertificateFiles, SettingFile } from './certificate-files.ts';
import { describePem } from './describe-pem.ts';
import { readCertificates } from './read-certificates.ts';
import { readSettingFile } from './read-setting-file.ts';

/**
 * Reads a certificate chain and its key, and checks that they belong together.
 *
 * @throws BaseError `TLS_FILE_INVALID` that names setting, file, what is expected and what to do; never the key
 */
export async function readCertificatePair(files: CertificateFiles): Promise<CertificatePair> {
  const [cert, key] = await Promise.all([readSettingFile(files.cert), readSettingFile(files.key)]);
  const [own] = readCertificates(cert, files.cert);
  checkKey(own, readKey(key, files.key), files);
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    throw new BaseError('TLS_FILE_INVALID', `The file of ${files.cert.setting} cannot be used.`, {
      place: `${files.cert.setting}: ${files.cert.path}`,
      expected: 'a certificate chain that OpenSSL takes',
      found: (cause as NodeJS.ErrnoException).code ?? 'an error of OpenSSL',
      hint: 'Ask the authority for a certificate with a key of at least 2048 bits RSA or P-256.',
    });
  }
  return { cert, key };
}

function readKey(pem: string, { setting, path }: SettingFile): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    const isEncrypted = /ENCRYPTED/.test(pem);
    throw new BaseError('TLS_FILE_INVALID', `The file of ${setting} holds no usable private key.`, {
      place: `${setting}: ${path}`,
      expected: 'one private key in PEM, without a passphrase',
      found: isEncrypted ? 'a private key behind a passphrase' : describeKey(pem),
      hint: isEncrypted
        ? 'Write it without one: openssl pkey -in OLD -out NEW, and let only the daemon read it.'
        : 'Give the key that was made together with the certificate, for example privkey.pem.',
    });
  }
}

function describeKey(pem: string): string {
  return /PRIVATE KEY/.test(pem) ? 'a damaged private key' : describePem(pem);
}

function checkKey(own: X509Certificate, key: KeyObject, { cert, key: file }: CertificateFiles) {
  if (own.checkPrivateKey(key)) return;
  throw new BaseError(
    'TLS_FILE_INVALID',
    `The files of ${cert.setting} and ${file.setting} do not belong together.`,
    {
      place: `${file.setting}: ${file.path}`,
      expected: `the private key of the first certificate in ${cert.path}`,
      found: 'the key of another certificate',
      hint: "Give both files of one certificate; the server's own certificate comes first in its file.",
    },
  );
}
