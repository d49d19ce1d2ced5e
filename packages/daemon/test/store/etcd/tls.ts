import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EtcdTls } from '@snetkit/etcd';

const file = (name: string) =>
  fileURLToPath(new URL(`../../transport/fixtures/${name}`, import.meta.url));

const certFile = file('localhost-cert.pem');

/** One self-signed certificate for 127.0.0.1, on both sides, that is its own authority. */
export const tlsFiles: EtcdTls = {
  caFile: certFile,
  certFile,
  keyFile: file('localhost-key.pem'),
};

const cert = readFileSync(certFile, 'utf8');

/** The same as PEM texts. */
export const tlsTexts = { ca: cert, cert, key: readFileSync(tlsFiles.keyFile, 'utf8') };
