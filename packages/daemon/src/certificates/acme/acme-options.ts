import type { CertificatePair } from '../../listener/tls-settings.ts';

/** Which certificate is wanted, of whom, and how the domain is proved. */
export interface AcmeOptions {
  readonly domain: string;
  /** URL of the authority's directory (RFC 8555, 7.1.1). */
  readonly directoryUrl: string;
  /** PEM certificates by which the authority's server is known; the system's unless given. */
  readonly ca?: string | undefined;
  readonly email?: string | undefined;
  readonly challenge: 'http-01' | 'tls-alpn-01';
  /** Where answers to http-01 are given. */
  readonly httpEndpoint: { readonly host: string; readonly port: number };
  /** Shows a certificate to whoever validates tls-alpn-01; undefined: no longer. */
  readonly showChallenge: (pair: CertificatePair | undefined) => void;
}
