import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';
import { makeAuthority } from './make-certificate.ts';
import { type Pebble, startPebble } from './start-pebble.ts';

const domain = 'daemon.example.test';
let directory: string;
let pebble: Pebble;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-acme-'));
  pebble = await startPebble({ validitySeconds: 15 });
  await writeFile(join(directory, 'pebble-ca.pem'), pebble.ca);
});
afterAll(async () => {
  killStartedSnetd();
  await pebble?.stop();
  await rm(directory, { recursive: true, force: true });
});

function start(change: Record<string, unknown>, env: Record<string, string> = {}) {
  return startSnetd({
    directory,
    env,
    config: {
      blockchain_enabled: false,
      daemon_endpoint: '127.0.0.1:0',
      service_endpoint: 'http://127.0.0.1:1',
      log: { output: { type: ['stdout'] } },
      auto_ssl_domain: domain,
      auto_ssl_directory: pebble.directoryUrl,
      auto_ssl_directory_ca: 'pebble-ca.pem',
      auto_ssl_http_endpoint: `127.0.0.1:${pebble.httpPort}`,
      ...change,
    },
  });
}

/** The certificate that the daemon shows, checked against the authority's root. */
async function look(
  { endpoint }: StartedSnetd,
  ca = pebble.root,
): Promise<PeerCertificate | undefined> {
  const { hostname: host, port } = new URL(endpoint);
  const socket = connect({ host, port: Number(port), servername: domain, ca });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate();
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

const patience = { timeout: 60_000, interval: 100 };

test('default: http-01 gives a certificate, which is renewed and kept', async () => {
  const daemon = await start({ auto_ssl_cache_dir: 'http' });
  await expect
    .poll(() => look(daemon), patience)
    .toMatchObject({ subjectaltname: `DNS:${domain}` });
  const first = await look(daemon);

  // A third of its life before its end.
  const next = async () => (await look(daemon))?.serialNumber;
  await expect.poll(next, patience).not.toBe(first?.serialNumber);

  expect((await readdir(join(directory, 'http'))).toSorted()).toEqual(['acme_account+key', domain]);
  expect((await stat(join(directory, 'http', domain))).mode & 0o777).toBe(0o600);
  const kept = await readFile(join(directory, 'http', domain), 'utf8');
  expect(kept).toMatch(/^-----BEGIN (EC )?PRIVATE KEY-----\n[\s\S]*-----BEGIN CERTIFICATE-----\n/);
  await daemon.stop();
});

test('behavior: a certificate in the cache is shown at once, nobody is asked', async () => {
  const authority = await makeAuthority();
  const { cert, key } = await authority.issue([domain], { days: 60 });
  await mkdir(join(directory, 'kept'));
  // As the official daemon (autocert of Go) writes it.
  const sec1 = createPrivateKey(key).export({ type: 'sec1', format: 'pem' });
  await writeFile(join(directory, 'kept', domain), `${sec1}${cert}${authority.cert}`);
  const daemon = await start({
    auto_ssl_cache_dir: 'kept',
    auto_ssl_directory: 'https://127.0.0.1:1/directory',
  });

  await expect.poll(() => look(daemon, authority.cert), patience).toBeDefined();
  expect(daemon.lines.filter(({ event }) => event === 'acme')).toMatchObject([
    { msg: 'Certificate' },
  ]);
  await daemon.stop();
});

test('behavior: tls-alpn-01 is answered on the port of the daemon itself', async () => {
  const [host, port] = ['127.0.0.1', pebble.tlsPort];
  const daemon = await start({
    daemon_endpoint: `${host}:${port}`,
    auto_ssl_cache_dir: 'alpn',
    auto_ssl_challenge: 'tls-alpn-01',
  });

  await expect
    .poll(() => look(daemon), patience)
    .toMatchObject({ subjectaltname: `DNS:${domain}` });
  await daemon.stop();
});

test('error: nobody can be asked, or the port is taken: the daemon says so and goes on', async () => {
  const taken = createServer().listen(pebble.httpPort, '127.0.0.1');
  await once(taken, 'listening');
  const daemon = await start({ auto_ssl_cache_dir: 'taken' });

  await expect
    .poll(() => daemon.lines.find(({ event }) => event === 'acme'), patience)
    .toMatchObject({
      retryMs: 60_000,
      error: {
        code: 'ACME_FAILED',
        found: `listen EADDRINUSE: address already in use 127.0.0.1:${pebble.httpPort}`,
      },
    });
  taken.close();
  await daemon.stop();
  expect(await daemon.exited).toBe(0);
});
