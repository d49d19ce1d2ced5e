import { readCertificatePair } from '../certificates/read-certificate-pair.ts';
import { readCertificates } from '../certificates/read-certificates.ts';
import { readSettingFile } from '../certificates/read-setting-file.ts';
import type { Config } from '../config/schema.ts';

/** What a connection to a service behind `https://` needs, as PEM texts. */
export interface ServiceTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Reads the files that `service_ca_path`, `service_cert_path` and `service_key_path` name.
 *
 * @throws BaseError `TLS_FILE_INVALID` for the first one that cannot be used
 */
export async function readServiceTls(config: Config): Promise<ServiceTls> {
  const { service_ca_path: path, service_cert_path: cert, service_key_path: key } = config;
  return {
    ...(path !== undefined && { ca: await readAuthorities(path) }),
    ...(cert !== undefined &&
      key !== undefined &&
      (await readCertificatePair({
        cert: { setting: 'service_cert_path', path: cert },
        key: { setting: 'service_key_path', path: key },
      }))),
  };
}

async function readAuthorities(path: string): Promise<string> {
  const file = { setting: 'service_ca_path', path };
  const pem = await readSettingFile(file);
  readCertificates(pem, file);
  return pem;
}
