import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { type ObservedService, startObservedService } from './observed-service.ts';
import { type Receiver, startReceiver } from './start-receiver.ts';

const secrets = {
  smtp: 'password of the mail',
  hook: 'secret of the hook!',
  bot: '123456:token-of-the-bot',
};

/** A mail as the server got it. */
interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly text: string;
}

let observed: ObservedService;
let receiver: Receiver;
let smtp: SMTPServer;
let smtpPort: number;
const mails: Mail[] = [];

beforeAll(async () => {
  [observed, receiver] = await Promise.all([startObservedService(), startReceiver()]);
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      if (password === secrets.smtp) callback(null, { user: username ?? '' });
      else callback(new Error('no'));
    },
    onData(stream, { envelope, user }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          user: typeof user === 'string' ? user : undefined,
          text: Buffer.concat(chunks).toString('utf8').replaceAll('=\r\n', ''),
        });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  smtpPort = (smtp.server.address() as AddressInfo).port;
});

afterAll(async () => {
  await new Promise<void>((resolve) => smtp?.close(() => resolve()));
  await receiver?.stop();
  await observed?.stop();
});

function everyWay() {
  return {
    alerts_email: 'operator@example.org',
    notification_svc_end_point: `${receiver.url}/notify`,
    alerts_smtp_url: `smtp://mailer:${encodeURIComponent(secrets.smtp)}@127.0.0.1:${smtpPort}`,
    alerts_email_from: 'snetd@example.org',
    alerts_webhook_url: `${receiver.url}/hook?key=hidden-key`,
    alerts_webhook_secret: secrets.hook,
    alerts_telegram_token: secrets.bot,
    alerts_telegram_chat: -1001,
    alerts_telegram_api: receiver.url,
    alerts_interval: '250ms',
  };
}

function bodiesOf(path: string) {
  return receiver.requests
    .filter(({ url }) => url.startsWith(path))
    .map(({ body }) => JSON.parse(body));
}

function alertsIn({ lines }: StartedSnetd, kind: string) {
  return lines.filter((line) => line['event'] === 'alert' && line['kind'] === kind);
}

test('default: amounts on channels near expiry are told in every way, and once', async () => {
  const { price } = observed.network.devnet;
  const first = await observed.start();
  await observed.call(first.endpoint);
  const other = await openPayingChannel(observed.network.devnet, { lifetime: 500_000n });
  await first.stop();
  // The other channel has not been paid on, and would be far.
  expect(other.channelId).not.toBe(observed.channel.channelId);

  const daemon = await observed.start(everyWay());
  const { organization_id: organization, service_id: service } =
    observed.network.devnet.daemonConfig;
  const title = `${price} cogs on 1 channel can be claimed, before it expires`;
  const line = new RegExp(
    `^The provider can claim ${price} cogs on channel ${observed.channel.channelId}; it expires in about 28 h \\(\\d+ blocks, at block \\d+\\)$`,
  );
  await expect.poll(() => mails.length, { timeout: 20_000 }).toBe(1);
  await expect.poll(() => receiver.requests.length).toBe(3);
  const [mail] = mails as [Mail];
  expect(mail).toMatchObject({
    from: 'snetd@example.org',
    to: ['operator@example.org'],
    user: 'mailer',
  });
  expect(mail.text).toContain(`Subject: snetd ${organization}/${service}: ${price} cogs`);
  expect(mail.text).toContain(`channel ${observed.channel.channelId};`);
  const [hook] = bodiesOf('/hook');
  expect(hook).toMatchObject({ kind: 'unclaimed', state: 'raised', title });
  expect(hook).toMatchObject({ organizationId: organization, serviceId: service });
  expect(hook.lines).toEqual([expect.stringMatching(line)]);
  const [bot] = bodiesOf(`/bot${secrets.bot}/sendMessage`);
  expect(bot).toEqual({ chat_id: '-1001', text: expect.stringContaining(title) });
  expect(bodiesOf('/notify')).toEqual([
    {
      component_id: hook.daemonId,
      timestamp: expect.stringMatching(/Z$/),
      recipient: 'operator@example.org',
      message: title,
      details: expect.stringMatching(line),
      component: 'Daemon',
      type: 'ERROR',
      level: 'ERROR',
    },
  ]);
  expect(alertsIn(daemon, 'unclaimed')).toMatchObject([{ state: 'raised', msg: title }]);

  const request = receiver.requests.find(({ url }) => url.startsWith('/hook'));
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
    String(request?.headers['x-snetd-signature']),
  ) as RegExpExecArray;
  const signed = createHmac('sha256', secrets.hook).update(`${seconds}.${request?.body}`);
  expect(mac).toBe(signed.digest('hex'));

  // The service goes away, and comes back: told once each, and the unclaimed ones not again.
  const { port } = observed.service;
  await observed.service.stop();
  await expect.poll(() => alertsIn(daemon, 'service').length, { timeout: 20_000 }).toBe(1);
  await observed.restartService(port);
  await expect.poll(() => alertsIn(daemon, 'service').length, { timeout: 20_000 }).toBe(2);
  expect(alertsIn(daemon, 'service')).toMatchObject([
    { state: 'raised', msg: 'Problem in calling Service Heartbeat endpoint.' },
    { state: 'resolved', msg: 'over: Problem in calling Service Heartbeat endpoint.' },
  ]);
  await expect.poll(() => mails.length).toBe(3);
  expect(alertsIn(daemon, 'unclaimed')).toHaveLength(1);
  await daemon.stop();
  const log = JSON.stringify(daemon.lines) + daemon.stderr();
  for (const secret of [...Object.values(secrets), 'hidden-key']) expect(log).not.toContain(secret);
});

test('behavior: a way that fails is tried again, without its secrets in the log, and does not keep the others', async () => {
  const from = receiver.requests.length;
  receiver.answer = ({ url }) => ({ status: url.startsWith('/bot') ? 502 : 200 });
  const daemon = await observed.start({
    ...everyWay(),
    service_endpoint: 'http://127.0.0.1:9',
    alerts_smtp_url: `smtp://mailer:wrong-password@127.0.0.1:${smtpPort}`,
  });
  await expect
    .poll(() => receiver.requests.slice(from).map(({ url }) => url.slice(0, 4)), {
      timeout: 20_000,
    })
    .toEqual(expect.arrayContaining(['/hoo', '/not', '/bot']));
  const failing = () =>
    daemon.lines
      .filter(({ event }) => event === 'alert-delivery')
      .map(({ way, msg, error }) => `${way}: ${msg}: ${(error as { message: string }).message}`);
  await expect
    .poll(() => failing().sort())
    .toEqual([
      'email: An alert cannot be delivered; it is tried again: the mail server answered 535',
      'telegram: An alert cannot be delivered; it is tried again: it answered 502',
    ]);
  receiver.answer = () => ({});
  await expect
    .poll(() => receiver.requests.slice(from).filter(({ url }) => url.startsWith('/bot')).length, {
      timeout: 20_000,
    })
    .toBeGreaterThan(1);
  daemon.child.kill('SIGTERM');
  // The mail that nobody takes does not keep the daemon for longer than five seconds.
  expect(await daemon.exited).toBe(0);
  const log = JSON.stringify(daemon.lines) + daemon.stderr();
  for (const secret of [...Object.values(secrets), 'wrong-password', 'hidden-key']) {
    expect(log).not.toContain(secret);
  }
});

test('behavior: without anybody to tell, the log tells it', async () => {
  const daemon = await observed.start({ alerts_interval: '250ms' });
  await expect.poll(() => alertsIn(daemon, 'unclaimed').length, { timeout: 20_000 }).toBe(1);
  await daemon.stop();
  const far = await observed.start({ alerts_interval: '250ms', alerts_unclaimed_within: '1h' });
  await observed.call(far.endpoint);
  await far.stop();
  expect(alertsIn(far, 'unclaimed')).toEqual([]);
});
