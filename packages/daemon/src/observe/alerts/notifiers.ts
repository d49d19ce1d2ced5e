import type { Config } from '../../config/schema.ts';
import type { Alert } from './alert.ts';
import { createNotification } from './notify/notification.ts';
import { createSmtp } from './notify/smtp.ts';
import { createTelegram } from './notify/telegram.ts';
import { createWebhook } from './notify/webhook.ts';

/** Whose alerts are told. */
export interface Origin {
  readonly daemonId: string;
  readonly organizationId: string;
  readonly serviceId: string;
  /** `v0.1.0`. */
  readonly version: string;
}

/** One way to tell people of an alert. */
export interface Notifier {
  /** `email`, `notification`, `webhook` or `telegram`: a name for metrics and log. */
  readonly name: string;
  /**
   * Tells one alert.
   * @throws DeliveryRefused when it is of no use to try again; anything else is tried again
   */
  notify(alert: Alert & { readonly at: Date }, signal: AbortSignal): Promise<void>;
  close?(): void;
}

/** The ways that are configured; libraries of those that are not are not loaded. */
export async function createNotifiers(
  config: Config,
  origin: Origin,
): Promise<readonly Notifier[]> {
  const { alerts_email: to, notification_endpoint: service, alerts_smtp_url: smtp } = config;
  const { alerts_telegram_token: token, alerts_telegram_chat: chat } = config;
  const notifiers: Notifier[] = [];
  if (to !== undefined && service !== undefined) {
    notifiers.push(createNotification({ url: service, recipient: to, origin }));
  }
  if (to !== undefined && smtp !== undefined) {
    const from = config.alerts_email_from ?? to;
    notifiers.push(await createSmtp({ url: smtp, from, to, origin }));
  }
  if (config.alerts_webhook_url !== undefined) {
    const secret = config.alerts_webhook_secret;
    notifiers.push(createWebhook({ url: config.alerts_webhook_url, secret, origin }));
  }
  if (token !== undefined && chat !== undefined) {
    notifiers.push(createTelegram({ api: config.alerts_telegram_api, token, chat, origin }));
  }
  return notifiers;
}
