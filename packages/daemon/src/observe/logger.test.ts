import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import { announce, createLogger } from './logger.ts';

async function logger(env: Record<string, string> = {}) {
  const lines: string[] = [];
  const log = createLogger(await testConfig(env), { sink: { write: (line) => lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

test('default: one JSON object a line, with the level as a word and the time as a date', async () => {
  const { log, lines, last } = await logger();
  log.info({ channel: '42' }, 'Hello');
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  const { time, ...rest } = last();
  expect(rest).toEqual({ level: 'info', channel: '42', msg: 'Hello' });
  expect(new Date(time).toISOString()).toBe(time);
});

test('behavior: the level comes from the configuration; announcements show at every level', async () => {
  const { log, lines, last } = await logger({ SNET_LOG_LEVEL: 'panic' });
  log.error('Not shown');
  expect(lines).toEqual([]);
  announce(log, { event: 'listening', endpoint: 'http://127.0.0.1:1' }, 'Listening');
  expect(last()).toMatchObject({ event: 'listening', endpoint: 'http://127.0.0.1:1' });
});

test('behavior: secrets are blotted out wherever they stand', async () => {
  const key = 'ab'.repeat(32);
  const { log, lines } = await logger({
    SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT:
      'https://user:word1234@node.example/v3/0123456789?key=ABCDEFG',
    SNET_PRIVATE_KEY_FOR_FREE_CALLS: key,
    SNET_TOKEN_SECRET_KEY: 'a secret of more than thirty-two bytes',
    SNET_BLOCKCHAIN_PROVIDER_API_KEY: 'provider-key',
    SNET_SERVICE_CREDENTIALS: '[{"key":"token","value":"credential","location":"header"}]',
  });
  log.warn(
    {
      error: new Error('https://user:word1234@node.example/v3/0123456789?key=ABCDEFG failed'),
      nested: { key, provider: 'provider-key', value: 'credential' },
      url: 'https://user:word1234@node.example/v3/0123456789?key=ABCDEFG',
    },
    `0x${key} a secret of more than thirty-two bytes`,
  );
  const line = lines.join('');
  expect(line).toContain('node.example');
  for (const secret of [
    key,
    'word1234',
    '0123456789',
    'ABCDEFG',
    'provider-key',
    'credential',
    'a secret',
  ]) {
    expect(line).not.toContain(secret);
  }
});

test('behavior: the secrets of URLs are blotted out part by part', async () => {
  const { log, lines } = await logger({
    SNET_ALERTS_EMAIL: 'operator@example.org',
    SNET_ALERTS_SMTP_URL: 'smtp://mailer-name:p%40ssword%20of%20mail@mail.example:587',
    SNET_ALERTS_WEBHOOK_URL:
      'https://hooks.example/services/T0000/token-in-path?key=token-in-query',
  });
  log.warn(
    'p@ssword of mail p%40ssword%20of%20mail services/T0000/token-in-path key=token-in-query',
  );
  expect(lines.join('')).toContain('"msg":"*** *** *** ***"');
});

test('behavior: as text, in a time zone, in files that official settings name', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'snetd-log-'));
  try {
    const output = {
      type: ['file'],
      file_pattern: join(directory, 'snetd.%Y.log'),
      current_link: join(directory, 'snetd.log'),
    };
    const formatter = { type: 'text', timestamp_format: '2006 MST' };
    const settings = JSON.stringify({ level: 'info', timezone: 'UTC', formatter, output });
    const log = createLogger(await testConfig({ SNET_LOG: settings }));
    log.info({ event: 'call', text: 'two words', cogs: '5', list: [1] }, 'Hello');
    const year = new Date().getUTCFullYear();
    expect(readFileSync(join(directory, 'snetd.log'), 'utf8')).toBe(
      `${year} UTC INFO Hello event=call text="two words" cogs=5 list=[1]\n`,
    );
    expect(readdirSync(directory).sort()).toEqual([`snetd.${year}.log`, 'snetd.log']);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('behavior: an error shows its code, place and causes, not its stack', async () => {
  const { log, last } = await logger();
  const cause = new Error('connect ECONNREFUSED');
  log.error(
    { error: new BaseError('SERVICE_NOT_ALIVE', 'Dead.', { place: 'here', cause }) },
    'Bad',
  );
  expect(last().error).toEqual({
    code: 'SERVICE_NOT_ALIVE',
    class: 'network',
    message: 'Dead.',
    place: 'here',
    cause: { name: 'Error', message: 'connect ECONNREFUSED' },
  });
});
