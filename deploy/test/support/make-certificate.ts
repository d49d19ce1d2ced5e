import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { runProgram } from './run-program.ts';

/** A certificate for this machine, signed by itself. */
export interface TestCertificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
}

/** Makes a certificate for 127.0.0.1 and `localhost` in a folder. */
export async function makeCertificate(directory: string): Promise<TestCertificate> {
  const certFile = join(directory, 'fullchain.pem');
  const keyFile = join(directory, 'privkey.pem');
  const { code, stderr } = await runProgram([
    ...[findProgram('openssl'), 'req', '-x509', '-newkey', 'ec', '-pkeyopt'],
    ...['ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', certFile],
  ]);
  if (code !== 0) throw new Error(stderr);
  return { certFile, keyFile, cert: await readFile(certFile, 'utf8') };
}
