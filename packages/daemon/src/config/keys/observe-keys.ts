import { key, optionalKey } from '../key.ts';
import { boolean } from '../types/boolean.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';
import { object } from '../types/object.ts';
import { oneOf } from '../types/one-of.ts';
import { privateKey } from '../types/private-key.ts';
import { text } from '../types/text.ts';
import { url } from '../types/url.ts';

const path = text({ expected: 'a path' });

/** Settings of logs, metering and alerts. */
export const observeKeys = {
  log: key({
    type: object(
      {
        level: oneOf(['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic']),
        timezone: text({ expected: 'the name of a time zone' }),
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
    effective: ['level'],
    description:
      'Log: level has an effect. Lines are JSON on standard output; files, time zones and hooks come later.',
    init: { level: 'info' },
  }),
  metering_enabled: key({
    type: boolean(),
    default: false,
    description: 'Report each call to metering_endpoint.',
    later: 'warn',
  }),
  metering_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'Where usage is reported.',
    rule: 'Required while metering_enabled is true.',
    aliases: ['metering_end_point'],
    later: 'warn',
  }),
  private_key_for_metering: optionalKey({
    type: privateKey(),
    description: 'Key that signs the reports.',
    secret: true,
    aliases: ['pvt_key_for_metering'],
    later: 'warn',
  }),
  alerts_email: optionalKey({
    type: text({ expected: 'a mail address', pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ }),
    description: 'Who is told when the service does not answer.',
    aliases: ['alert_email'],
    later: 'warn',
  }),
  notification_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'Service that sends such mail.',
    aliases: ['notification_svc_end_point'],
    later: 'warn',
  }),
} as const;
