import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { TlsSettings } from './tls-settings.ts';

/** What is shown to whom. */
export interface TlsContexts {
  /** For clients that name no host, or one that no certificate is for. */
  readonly initial: SecureContextOptions;
  /** For a client that names a host; undefined: the initial one. */
  find(host: string): SecureContext | undefined;
}

/** Makes the contexts of all certificates. */
export function createTlsContexts({ certificates, clientCa }: TlsSettings): TlsContexts {
  const shared = {
    ...(clientCa !== undefined && { ca: clientCa }),
    minVersion: 'TLSv1.2',
  } as const;
  const contexts = certificates.map(({ cert, key }) => ({
    names: new X509Certificate(cert),
    context: createSecureContext({ ...shared, cert, key }),
  }));
  const [first] = certificates;
  return {
    initial: { ...shared, ...first },
    find: (host) => contexts.find(({ names }) => names.checkHost(host) !== undefined)?.context,
  };
}
