/** A certificate chain and its key; PEM texts. */
export interface CertificatePair {
  /** The server's own certificate first. */
  readonly cert: string;
  readonly key: string;
}

/** How the listener speaks TLS. Certificates may be none for a while: handshakes fail until there is one. */
export interface TlsSettings {
  /** A client gets the first one whose names fit, and the first of all when none does. */
  readonly certificates: readonly CertificatePair[];
  /** Whether clients must show a certificate, may, or are not asked. One that is shown must be good. */
  readonly clientAuth: 'none' | 'optional' | 'required';
  /** PEM certificates of those who sign the clients'. */
  readonly clientCa?: string;
  /** An answer to a challenge of ACME (RFC 8737), while there is one. */
  readonly challenge?: CertificatePair;
}
