import { X509Certificate } from 'node:crypto';
import { BaseError } from '@snetkit/core';
import type { SettingFile } from './certificate-files.ts';
import { describePem } from './describe-pem.ts';

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates in a PEM text, of which there must be one at least.
 *
 * @throws BaseError `TLS_FILE_INVALID` that says which one is wrong and how
 */
export function readCertificates(
  pem: string,
  { setting, path }: SettingFile,
): readonly [X509Certificate, ...X509Certificate[]] {
  const fail = (found: string) =>
    new BaseError('TLS_FILE_INVALID', `The file of ${setting} holds no usable certificate.`, {
      place: `${setting}: ${path}`,
      expected: "PEM certificates, the server's own first, each from BEGIN to END CERTIFICATE",
      found,
      hint: 'Give the full chain as the authority sent it, for example fullchain.pem.',
    });
  const blocks = pem.match(block) ?? [];
  const [first, ...others] = blocks.map((text, at) => {
    try {
      return new X509Certificate(text);
    } catch {
      throw fail(`certificate ${at + 1} of ${blocks.length} is damaged`);
    }
  });
  if (first === undefined) throw fail(describePem(pem));
  return [first, ...others];
}
