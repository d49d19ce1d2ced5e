import { key, optionalKey } from '../key.ts';
import { boolean } from '../types/boolean.ts';
import { duration } from '../types/duration.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';
import { object } from '../types/object.ts';
import { oneOf } from '../types/one-of.ts';
import { privateKey } from '../types/private-key.ts';
import { record } from '../types/record.ts';
import { text } from '../types/text.ts';
import { url } from '../types/url.ts';
import { mismatch, type ValueType } from '../types/value-type.ts';

const path = text({ expected: 'a path' });

const timeZone: ValueType<string> = {
  expected: 'the name of a time zone, such as UTC or Europe/Berlin',
  parse(raw) {
    const isKnown = typeof raw === 'string' && canFormat(raw);
    return isKnown ? { value: raw } : mismatch(raw, this.expected);
  },
};

function canFormat(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Settings of logs, metering and alerts. */
export const observeKeys = {
  log: key({
    type: object(
      {
        level: oneOf(['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic']),
        timezone: timeZone,
        formatter: object({ type: oneOf(['text', 'json']), timestamp_format: text() }),
        output: object({
          type: list(oneOf(['file', 'stdout', 'stderr'])),
          file_pattern: path,
          current_link: path,
          max_size_in_mb: number({ integer: true }),
          max_age_in_days: number({ integer: true }),
          rotation_count: number({ integer: true }),
          rotation_time_in_sec: number({ integer: true }),
          max_age_in_sec: number({ integer: true }),
        }),
        hooks: list(text()),
      },
      // Each hook has an object of its own name in here.
      { open: true },
    ),
    default: { level: 'info' },
    effective: ['level', 'timezone', 'formatter', 'output'],
    description:
      'Log: lines of JSON on standard output, unless output and formatter say otherwise; files are put away when they have max_size_in_mb. Hooks have no effect: alerts are told by the alerts_ settings.',
    init: { level: 'info' },
  }),
  traces_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description:
      'Where OpenTelemetry traces are sent (OTLP over HTTP, JSON), such as http://127.0.0.1:4318/v1/traces; nothing is traced unless it is given.',
    privateUrl: true,
    own: true,
  }),
  traces_headers: key({
    type: record({ name: text({ expected: 'a header name' }), value: text() }),
    default: {},
    description: 'Headers that the collector of traces wants, such as an API key.',
    secret: true,
    own: true,
  }),
  traces_sample_ratio: key({
    type: number({ min: 0, max: 1 }),
    default: 1,
    description:
      'Share of the calls that are traced where the client has not decided it in its traceparent.',
    own: true,
  }),
  metering_enabled: key({
    type: boolean(),
    default: false,
    description: 'Report each call to metering_endpoint.',
    rule: 'Needs metering_endpoint and private_key_for_metering.',
  }),
  metering_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'Where usage is reported.',
    rule: 'Required while metering_enabled is true.',
    aliases: ['metering_end_point'],
  }),
  private_key_for_metering: optionalKey({
    type: privateKey(),
    description: 'Key that signs the reports.',
    rule: 'Required while metering_enabled is true.',
    secret: true,
    aliases: ['pvt_key_for_metering'],
  }),
  alerts_email: optionalKey({
    type: text({ expected: 'a mail address', pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ }),
    description:
      'Who is told when something needs an operator: through notification_endpoint, alerts_smtp_url, or both.',
    aliases: ['alert_email'],
  }),
  notification_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'Service that sends such mail.',
    aliases: ['notification_svc_end_point'],
  }),
  alerts_smtp_url: optionalKey({
    type: text({
      expected: 'smtp://user:password@host:587 or smtps://...',
      pattern: /^smtps?:\/\/\S+$/,
    }),
    description: 'Mail server that takes alerts for alerts_email.',
    rule: 'Needs alerts_email.',
    secret: true,
    own: true,
  }),
  alerts_email_from: optionalKey({
    type: text({ expected: 'a mail address', pattern: /^[^@\s]+@[^@\s]+$/ }),
    description: 'Sender of such mail; alerts_email unless given.',
    own: true,
  }),
  alerts_webhook_url: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'URL to which alerts are posted as JSON.',
    privateUrl: true,
    own: true,
  }),
  alerts_webhook_secret: optionalKey({
    type: text({ expected: 'at least 16 characters', pattern: /^.{16,}$/ }),
    description: 'Secret that signs what is posted to alerts_webhook_url (X-Snetd-Signature).',
    secret: true,
    own: true,
  }),
  alerts_telegram_token: optionalKey({
    type: text({ expected: 'the token of a bot', pattern: /^[\w:-]{8,}$/ }),
    description: 'Bot that tells alerts to alerts_telegram_chat.',
    rule: 'Together with alerts_telegram_chat.',
    secret: true,
    own: true,
  }),
  alerts_telegram_chat: optionalKey({
    type: text({ expected: 'the id of a chat' }),
    description: 'Chat that alerts are told to.',
    rule: 'Together with alerts_telegram_token.',
    own: true,
  }),
  alerts_telegram_api: key({
    type: url({ protocols: ['http', 'https'] }),
    default: 'https://api.telegram.org',
    description: 'Where the bot is reached.',
    own: true,
  }),
  alerts_interval: key({
    type: duration({ min: 100 }),
    default: '1m',
    unit: 'milliseconds',
    description:
      'How often it is looked whether service, store and chain are there; every tenth time what is not claimed yet.',
    own: true,
  }),
  alerts_repeat: key({
    type: duration({ min: 1_000 }),
    default: '12h',
    unit: 'milliseconds',
    description: 'How long an alert that still holds is not told again.',
    own: true,
  }),
  alerts_unclaimed_within: key({
    type: duration(),
    default: '72h',
    unit: 'milliseconds',
    description:
      'An alert names channels with amounts that were not claimed when they expire within so long; 0 for none.',
    own: true,
  }),
} as const;
