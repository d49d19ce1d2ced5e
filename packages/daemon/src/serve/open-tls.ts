import { keepCertificate } from '../certificates/acme/keep-certificate.ts';
import { readCertificates } from '../certificates/read-certificates.ts';
import { readSettingFile } from '../certificates/read-setting-file.ts';
import { readTlsFiles } from '../certificates/read-tls-files.ts';
import { watchFiles } from '../certificates/watch-files.ts';
import type { Config } from '../config/schema.ts';
import type { CertificatePair, TlsSettings } from '../listener/tls-settings.ts';
import type { Logger } from '../observe/logger.ts';
import type { Closers } from './closers.ts';

/** The TLS of the daemon's port, as long as it runs. */
export interface TlsSide {
  /** As they are now. */
  settings(): TlsSettings;
  /** Calls the listener with the settings, now and when they have changed. */
  follow(listener: (settings: TlsSettings) => void): void;
  /** Reads the files again; what is wrong with them goes to the log, and the old ones stay. */
  reload(): Promise<void>;
}

/**
 * Reads the certificates that the configuration names, follows their files, and keeps the one of ACME.
 *
 * @returns undefined when the port is without TLS
 * @throws BaseError `TLS_FILE_INVALID` for files that cannot be used at the start
 */
export async function openTls(options: {
  config: Config;
  log: Logger;
  closers: Closers;
}): Promise<TlsSide | undefined> {
  const { config, log, closers } = options;
  const { ssl_cert, ssl_certificates, auto_ssl_domain: domain } = config;
  if (ssl_cert === undefined && ssl_certificates.length === 0 && domain === undefined) {
    return undefined;
  }
  let files = await readTlsFiles(config);
  tellExpired();
  let own: CertificatePair | undefined;
  let challenge: CertificatePair | undefined;
  const settings = (): TlsSettings => ({
    certificates: [...files.certificates, ...(own === undefined ? [] : [own])],
    clientAuth: config.ssl_client_auth,
    ...(files.clientCa !== undefined && { clientCa: files.clientCa }),
    ...(challenge !== undefined && { challenge }),
  });
  let tell = (_settings: TlsSettings) => {};
  const side: TlsSide = {
    settings,
    follow(listener) {
      tell = listener;
      tell(settings());
    },
    async reload() {
      try {
        files = await readTlsFiles(config);
      } catch (error) {
        log.error(
          { event: 'certificates', error },
          'New certificates cannot be used; the old stay',
        );
        return;
      }
      tellExpired();
      tell(settings());
      log.info({ event: 'certificates', paths: files.paths }, 'Certificates were read again');
    },
  };
  const watch = watchFiles(files.paths, { intervalMs: lookMs, onChange: () => void side.reload() });
  closers.add(() => watch.stop());
  if (domain !== undefined) await startAcme(domain);
  return side;

  function tellExpired(): void {
    for (const { path, validTo } of files.expired) {
      log.warn({ event: 'certificates', path, validTo }, 'A certificate has expired');
    }
  }

  async function startAcme(domain: string): Promise<void> {
    const running = new AbortController();
    const kept = keepCertificate({
      domain,
      directoryUrl: config.auto_ssl_directory,
      ca: await readAuthorityCa(config),
      email: config.auto_ssl_email,
      challenge: config.auto_ssl_challenge,
      httpEndpoint: config.auto_ssl_http_endpoint,
      cacheDir: config.auto_ssl_cache_dir,
      signal: running.signal,
      showChallenge(pair) {
        challenge = pair;
        tell(settings());
      },
      onCertificate(pair) {
        own = pair;
        tell(settings());
        log.info({ event: 'acme', domain }, 'Certificate');
      },
      onFailure(error, retryMs) {
        log.error({ event: 'acme', domain, error, retryMs }, 'No certificate');
      },
    });
    closers.add(async () => {
      running.abort();
      await kept;
    });
  }
}

/** As often as the official daemon looks (daemon.md 7.3). */
const lookMs = 3_000;

async function readAuthorityCa(config: Config): Promise<string | undefined> {
  const { auto_ssl_directory_ca: path } = config;
  if (path === undefined) return undefined;
  const file = { setting: 'auto_ssl_directory_ca', path };
  const ca = await readSettingFile(file);
  readCertificates(ca, file);
  return ca;
}
