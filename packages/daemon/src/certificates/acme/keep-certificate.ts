import { X509Certificate } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CertificatePair } from '../../listener/tls-settings.ts';
import { openAcmeCache } from './acme-cache.ts';
import type { AcmeOptions } from './acme-options.ts';

/** What is told while a certificate is kept. */
export interface KeepCertificateOptions extends AcmeOptions {
  /** Folder for certificates and account. */
  readonly cacheDir: string;
  readonly onCertificate: (pair: CertificatePair) => void;
  /** A try that failed; the next one comes after `retryMs`. */
  readonly onFailure: (failure: unknown, retryMs: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Keeps a certificate of ACME: takes the one in the cache, gets one when there is none, and a new one when two
 * thirds of its life are over. Resolves when `signal` is aborted; throws nothing.
 */
export async function keepCertificate(options: KeepCertificateOptions): Promise<void> {
  const { domain, cacheDir, signal } = options;
  const cache = openAcmeCache(cacheDir);
  let failures = 0;
  let pair = await cache.readCertificate(domain).catch(() => undefined);
  if (pair !== undefined && timeLeft(pair) > 0) options.onCertificate(pair);
  while (!signal.aborted) {
    try {
      if (pair === undefined || renewalIn(pair) <= 0) {
        // Loaded only now: it is large, and most daemons never need it.
        const { obtainCertificate } = await import('./obtain-certificate.ts');
        pair = await obtainCertificate({ ...options, cache });
        failures = 0;
        options.onCertificate(pair);
      }
      await sleep(Math.min(renewalIn(pair), longestWaitMs), signal);
    } catch (failure) {
      if (signal.aborted) return;
      const retryMs = Math.min(firstRetryMs * 2 ** failures++, longestRetryMs);
      options.onFailure(failure, retryMs);
      await sleep(retryMs, signal);
    }
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => {});
}

function timeLeft({ cert }: CertificatePair): number {
  return Date.parse(new X509Certificate(cert).validTo) - Date.now();
}

/** Milliseconds until a certificate should be renewed. */
function renewalIn({ cert }: CertificatePair): number {
  const { validFrom, validTo } = new X509Certificate(cert);
  const life = Date.parse(validTo) - Date.parse(validFrom);
  return Date.parse(validTo) - life / 3 - Date.now();
}

// Authorities count failures: five in an hour are too many for some.
const firstRetryMs = 60_000;
const longestRetryMs = 3_600_000;
// The clock may be set in between.
const longestWaitMs = 3_600_000;
