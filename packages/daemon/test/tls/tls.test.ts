import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import type { TlsSettings } from '../../src/listener/tls-settings.ts';
import { connectRawClient } from '../transport/raw-client.ts';
import { startRawService } from '../transport/raw-service.ts';
import {
  startTransport,
  type Transport,
  type TransportOptions,
} from '../transport/start-transport.ts';
import { makeAuthority, type TestAuthority } from './make-certificate.ts';

let authority: TestAuthority;
let base: TlsSettings;

beforeAll(async () => {
  authority = await makeAuthority();
  const certificates = [await authority.issue(['daemon.test', 'localhost'])];
  base = { certificates, clientAuth: 'none' };
});

/** Like {@link startTransport}, whose own client does not speak TLS. */
async function start(
  service: { endpoint: string },
  tls: TlsSettings,
  options: TransportOptions = {},
): Promise<Omit<Transport, 'client'>> {
  return startTransport(service, {
    http1: (_request, response) => void response.end('plain HTTP'),
    ...options,
    tls,
    connectClient: false,
  });
}

async function shake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    servername: 'daemon.test',
    ca: authority.cert,
    ...options,
  });
  await once(socket, 'secureConnect');
  return socket;
}

test.each([
  [['h2', 'http/1.1'], 'h2'],
  [['http/1.1'], 'http/1.1'],
  [['h2'], 'h2'],
  [undefined, false],
])('default: a client that offers %j gets %j', async (offered, agreed) => {
  await using service = await startRawService();
  await using transport = await start(service, base);

  const socket = await shake(transport.listener.port, {
    ...(offered && { ALPNProtocols: offered }),
  });

  expect(socket.alpnProtocol).toBe(agreed);
  socket.destroy();
});

test('default: calls and HTTP/1.1 on one port with TLS', async () => {
  await using service = await startRawService((call) => {
    call.send('there');
    call.end();
  });
  await using transport = await start(service, base);
  const { endpoint, port } = transport.listener;
  expect(endpoint).toBe(`https://127.0.0.1:${port}`);

  await using client = await connectRawClient(`https://localhost:${port}`, {
    ca: authority.cert,
  });
  const call = client.call();
  call.end('hello');
  expect(await call.responses.next()).toBe('there');
  expect(await call.ended).toMatchObject({ status: '0' });

  const page = request({
    host: 'localhost',
    port,
    path: '/heartbeat',
    ca: authority.cert,
    agent: false,
  });
  page.end();
  const [answer] = await once(page, 'response');
  expect(answer.statusCode).toBe(200);
  expect(String(await answer.setEncoding('utf8').toArray())).toBe('plain HTTP');
  expect(transport.listener.counters).toMatchObject({ totalCalls: 1, totalHttpRequests: 1 });
});

test('behavior: a client of HTTP/2 that offers no protocol is understood', async () => {
  await using service = await startRawService((call) => call.end());
  await using transport = await start(service, base);

  const socket = await shake(transport.listener.port);
  await using client = await connectRawClient('http://daemon.test', {
    createConnection: () => socket,
  });
  const call = client.call();
  call.end('hello');

  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: each host gets its certificate, and others the first', async () => {
  const certificates = [
    await authority.issue(['first.test']),
    await authority.issue(['second.test', '*.wild.test']),
    await authority.issue(['third.test']),
  ];
  await using service = await startRawService();
  await using transport = await start(service, { certificates, clientAuth: 'none' });

  const seen: (string | undefined)[] = [];
  for (const servername of [
    'first.test',
    'second.test',
    'a.wild.test',
    'third.test',
    'x.test',
    '',
  ]) {
    const socket = await shake(transport.listener.port, { servername, rejectUnauthorized: false });
    seen.push(socket.getPeerX509Certificate()?.subject);
    socket.destroy();
  }

  expect(seen).toEqual(
    ['first.test', 'second.test', 'second.test', 'third.test', 'first.test', 'first.test'].map(
      (name) => `CN=${name}`,
    ),
  );
});

test('behavior: a certificate is changed under running calls, which notice nothing', async () => {
  await using service = await startRawService();
  await using transport = await start(service, base);
  const { listener } = transport;
  const serial = async () => {
    const socket = await shake(listener.port);
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
  const first = await serial();
  await using client = await connectRawClient(`https://localhost:${listener.port}`, {
    ca: authority.cert,
  });
  const call = client.call();
  call.send('before');
  const served = (await service.next()).read();
  expect(await served.requests.next()).toBe('before');

  listener.setTls({ ...base, certificates: [await authority.issue(['daemon.test'])] });

  expect(await serial()).not.toBe(first);
  call.end('after');
  expect(await served.requests.next()).toBe('after');
  served.end();
  expect(await call.ended).toMatchObject({ status: '0' });
});

test.each(['optional', 'required'] as const)(
  'behavior: client certificates are %s',
  async (mode) => {
    const other = await makeAuthority('Somebody else');
    const good = await authority.issue(['client'], { forClient: true });
    const bad = await other.issue(['client'], { forClient: true });
    await using service = await startRawService();
    const tls = { ...base, clientAuth: mode, clientCa: authority.cert };
    await using transport = await start(service, tls);
    const outcome = async (options: ConnectionOptions) => {
      const socket = connect({
        ...{ host: '127.0.0.1', port: transport.listener.port, servername: 'daemon.test' },
        ca: authority.cert,
        ...options,
      });
      socket.on('error', () => {});
      socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      await new Promise((resolve) => socket.once('close', resolve));
      return Buffer.concat(chunks).toString().slice(0, 15);
    };

    expect(await outcome(good)).toBe('HTTP/1.1 200 OK');
    expect(await outcome(bad)).toBe('');
    expect(await outcome({})).toBe(mode === 'optional' ? 'HTTP/1.1 200 OK' : '');
    expect(transport.listener.counters.failedHandshakes).toBe(mode === 'optional' ? 1 : 2);
  },
);

test('error: who speaks without TLS is told to speak with it', async () => {
  await using service = await startRawService();
  await using transport = await start(service, base);

  for (const words of [
    'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\0\0\0',
  ]) {
    const socket = connectPlain(transport.listener.port, '127.0.0.1');
    socket.write(words);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(
      'HTTP/1.0 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n\r\nThis port speaks TLS: use https://\n',
    );
  }
});

test('error: TLS on a port without it', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const socket = connect({ host: '127.0.0.1', port: transport.listener.port });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toMatch(/^ERR_SSL_/);
});

test('error: an old version of TLS', async () => {
  await using service = await startRawService();
  await using transport = await start(service, base);

  const socket = connect({
    ...{ host: '127.0.0.1', port: transport.listener.port, servername: 'daemon.test' },
    ...{ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
  });
  await once(socket, 'error');

  await expect.poll(() => transport.listener.counters.failedHandshakes).toBe(1);
});

test('error: a certificate that is not there yet', async () => {
  await using service = await startRawService();
  await using transport = await start(service, { certificates: [], clientAuth: 'none' });

  const socket = connect({ host: '127.0.0.1', port: transport.listener.port });
  await once(socket, 'error');
  transport.listener.setTls(base);

  (await shake(transport.listener.port)).destroy();
});

test('error: a handshake that never ends', async () => {
  await using service = await startRawService();
  await using transport = await start(service, base, { limits: { firstBytesMs: 100 } });

  // A record of a handshake that says to be longer than it is; a handshake without a word after it.
  const silent = connectPlain(transport.listener.port, '127.0.0.1');
  silent.write(Buffer.from('16030100ff01', 'hex'));
  silent.resume();
  const mute = await shake(transport.listener.port);
  mute.resume();

  await Promise.all([once(silent, 'close'), once(mute, 'close')]);
  await expect.poll(() => transport.listener.counters.sockets).toBe(0);
});

test('behavior: clients that do not answer are cut, those that do stay', async () => {
  await using service = await startRawService();
  await using transport = await start(service, base, { limits: { keepAliveMs: 100 } });
  const { port } = transport.listener;
  const session = connectHttp2(`https://localhost:${port}`, { ca: authority.cert });
  await once(session, 'connect');
  const dead = await shake(port, { ALPNProtocols: ['h2'] });
  dead.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0');
  dead.resume();

  await once(dead, 'close');

  expect(session.closed).toBe(false);
  await expect
    .poll(() => transport.listener.counters)
    .toMatchObject({ sessions: 1, destroyedConnections: 1 });
  session.destroy();
});

test('behavior: close cuts handshakes at once and leaves nothing', async () => {
  await using service = await startRawService();
  await using transport = await start(service, base);
  const silent = connectPlain(transport.listener.port, '127.0.0.1');
  silent.on('error', () => {});
  silent.write(Buffer.from('16030100ff01', 'hex'));
  await expect.poll(() => transport.listener.counters.sockets).toBe(1);

  await transport.listener.close({ graceMs: 60_000 });

  expect(transport.listener.counters.sockets).toBe(0);
});
