import { DeliveryRefused } from '../../delivery/delivery-queue.ts';
import type { Notifier, Origin } from '../notifiers.ts';
import { formatSubject, formatText } from './format-text.ts';

/** Milliseconds for each step with the mail server. */
const stepMs = 8_000;

/** Mail, by a server of one's own. */
export async function createSmtp(options: {
  /** `smtp://user:password@host:587`, or `smtps://`. */
  url: string;
  from: string;
  to: string;
  origin: Origin;
}): Promise<Notifier> {
  const { url, from, to, origin } = options;
  const { createTransport } = await import('nodemailer');
  const { hostname, port, protocol, username, password } = new URL(url);
  const isTls = protocol === 'smtps:';
  const isLocal = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTls ? 465 : 587) : Number(port),
    secure: isTls,
    // A password never leaves this machine in the clear.
    requireTLS: !isTls && !isLocal && username !== '',
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'email',
    async notify(alert) {
      try {
        await transport.sendMail({
          ...{ from, to },
          subject: formatSubject(alert, origin),
          text: formatText(alert, origin),
          headers: { 'auto-submitted': 'auto-generated' },
        });
      } catch (cause) {
        throw failureOf(cause);
      }
    },
    close: () => transport.close(),
  };
}

/** Without the words of the server, which may repeat what it was told. */
function failureOf(cause: unknown): Error {
  const { responseCode, code } = cause as { responseCode?: number; code?: string };
  const message = `the mail server answered ${responseCode ?? code ?? 'nothing'}`;
  // 5xx: it will say the same tomorrow; but a wrong password may be a server in trouble.
  const isForGood = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return isForGood ? new DeliveryRefused(message) : new Error(message);
}
