import { X509Certificate } from 'node:crypto';
import { readTlsFiles } from '../certificates/read-tls-files.ts';
import type { Config } from '../config/schema.ts';
import type { Check, Finding } from './finding.ts';

const dayMs = 86_400_000;
/** Days before the end of a certificate when somebody should look. */
const soonDays = 14;

/** The certificates that clients are shown. */
export function checkTls(config: Config): Check {
  return {
    name: 'tls',
    async run() {
      const { certificates } = await readTlsFiles(config);
      const findings = certificates.map(({ cert }) => checkEnd(new X509Certificate(cert)));
      if (findings.length > 0) return findings;
      if (config.auto_ssl_domain !== undefined) {
        return { status: 'ok', text: `a certificate for ${config.auto_ssl_domain} comes by ACME` };
      }
      const isInside = /^(127\.|localhost$|::1$)/.test(config.daemon_endpoint.host);
      if (isInside) return { status: 'ok', text: 'none: daemon_endpoint is a loopback address' };
      return {
        status: 'warn',
        text: 'none: calls and their payments cross the network unencrypted',
        fix: 'Set ssl_cert and ssl_key, or auto_ssl_domain, or let a balancer on this machine speak TLS.',
      };
    },
  };
}

/** How long a certificate is still good. */
export function checkEnd(
  { validTo, subject }: Pick<X509Certificate, 'validTo' | 'subject'>,
  nowMs = Date.now(),
): Finding {
  const days = Math.floor((Date.parse(validTo) - nowMs) / dayMs);
  const name = (subject ?? 'certificate').replace(/\s*\n\s*/g, ', ');
  const fix = 'Put a renewed certificate in its place: the daemon reads it without a restart.';
  if (days < 0) return { status: 'fail', text: `${name} ended on ${validTo}`, fix };
  const text = `${name}, good for ${days} days`;
  return days < soonDays ? { status: 'warn', text, fix } : { status: 'ok', text };
}
