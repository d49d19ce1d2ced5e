import { createHmac } from 'node:crypto';
import { post } from '../../delivery/post.ts';
import type { Notifier, Origin } from '../notifiers.ts';

/**
 * Posts alerts as JSON. With a secret, `X-Snetd-Signature: t=<unix seconds>,v1=<hex>` is the HMAC-SHA256 of
 * `<t>.<body>`.
 */
export function createWebhook(options: {
  url: string;
  secret: string | undefined;
  origin: Origin;
}): Notifier {
  const { url, secret, origin } = options;
  return {
    name: 'webhook',
    notify({ at, ...alert }, signal) {
      const body = JSON.stringify({ ...alert, at: at.toISOString(), ...origin });
      const headers = secret === undefined ? {} : { 'x-snetd-signature': sign(secret, body) };
      return post(url, { body, headers, signal });
    },
  };
}

function sign(secret: string, body: string): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
