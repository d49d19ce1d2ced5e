import type { Config } from '../config/schema.ts';
import type { CertificatePair } from '../listener/tls-settings.ts';
import type { CertificateFiles } from './certificate-files.ts';
import { readCertificatePair } from './read-certificate-pair.ts';
import { readCertificates } from './read-certificates.ts';
import { readSettingFile } from './read-setting-file.ts';

/** What the files hold that the settings of the daemon's port name. */
export interface TlsFiles {
  readonly certificates: readonly CertificatePair[];
  readonly clientCa: string | undefined;
  /** All of the files. */
  readonly paths: readonly string[];
  /** Certificates that are no longer good. */
  readonly expired: readonly { readonly path: string; readonly validTo: string }[];
}

/** The settings that {@link readTlsFiles} looks at. */
export type TlsFileSettings = Pick<
  Config,
  'ssl_cert' | 'ssl_key' | 'ssl_certificates' | 'ssl_client_ca'
>;

/**
 * Reads all certificates that the settings name.
 *
 * @throws BaseError `TLS_FILE_INVALID` for the first one that cannot be used
 */
export async function readTlsFiles(settings: TlsFileSettings): Promise<TlsFiles> {
  const files = listFiles(settings);
  const certificates = await Promise.all(files.map(readCertificatePair));
  const expired = certificates.flatMap(({ cert }, at) => {
    const file = (files[at] as CertificateFiles).cert;
    const [{ validTo }] = readCertificates(cert, file);
    return Date.parse(validTo) > Date.now() ? [] : [{ path: file.path, validTo }];
  });
  const paths = files.flatMap(({ cert, key }) => [cert.path, key.path]);
  const { ssl_client_ca: path } = settings;
  if (path === undefined) return { certificates, clientCa: undefined, paths, expired };
  const file = { setting: 'ssl_client_ca', path };
  const clientCa = await readSettingFile(file);
  readCertificates(clientCa, file);
  return { certificates, clientCa, paths: [...paths, path], expired };
}

function listFiles(settings: TlsFileSettings): readonly CertificateFiles[] {
  const { ssl_cert: cert, ssl_key: key, ssl_certificates: more } = settings;
  const first =
    cert === undefined || key === undefined
      ? []
      : [{ cert: { setting: 'ssl_cert', path: cert }, key: { setting: 'ssl_key', path: key } }];
  return [
    ...first,
    ...more.map((entry, at) => ({
      cert: { setting: `ssl_certificates.${at}.cert`, path: entry.cert ?? '' },
      key: { setting: `ssl_certificates.${at}.key`, path: entry.key ?? '' },
    })),
  ];
}
