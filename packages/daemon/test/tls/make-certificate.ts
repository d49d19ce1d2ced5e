import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificatePair } from '../../src/listener/tls-settings.ts';

x509.cryptoProvider.set(webcrypto as Crypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Who signs certificates. */
export interface TestAuthority {
  readonly cert: string;
  /** A certificate for names; of a client when `forClient`. */
  issue(
    names: readonly string[],
    options?: { days?: number; forClient?: boolean },
  ): Promise<CertificatePair>;
}

/** Makes an authority of its own. */
export async function makeAuthority(name = 'Test authority'): Promise<TestAuthority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys: keys as CryptoKeyPair,
    signingAlgorithm: algorithm,
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(30),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    cert: root.toString('pem'),
    async issue(names, { days = 30, forClient = false } = {}) {
      const own = (await webcrypto.subtle.generateKey(algorithm, true, [
        'sign',
        'verify',
      ])) as CryptoKeyPair;
      const cert = await x509.X509CertificateGenerator.create({
        subject: `CN=${names[0]}`,
        issuer: root.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey as CryptoKey,
        signingAlgorithm: algorithm,
        notBefore: daysFromNow(-60),
        notAfter: daysFromNow(days),
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: 'dns' as const, value })),
          ),
          new x509.ExtendedKeyUsageExtension([
            forClient ? '1.3.6.1.5.5.7.3.2' : '1.3.6.1.5.5.7.3.1',
          ]),
        ],
      });
      const pkcs8 = await webcrypto.subtle.exportKey(
        'pkcs8',
        own.privateKey as webcrypto.CryptoKey,
      );
      const base64 = Buffer.from(pkcs8).toString('base64').replace(/.{64}/g, '$&\n');
      const key = `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`;
      return { cert: `${cert.toString('pem')}\n`, key };
    },
  };
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}
