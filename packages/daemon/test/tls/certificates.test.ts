import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSnetd } from '../shell/run-snetd.ts';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';
import { makeAuthority, type TestAuthority } from './make-certificate.ts';

let directory: string;
let authority: TestAuthority;
let daemon: StartedSnetd;

const config = {
  blockchain_enabled: false,
  daemon_endpoint: '127.0.0.1:0',
  service_endpoint: 'http://127.0.0.1:1',
  log: { output: { type: ['stdout'] } },
  ssl_cert: 'cert.pem',
  ssl_key: 'key.pem',
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-tls-'));
  authority = await makeAuthority();
  await writeFile(join(directory, 'ca.pem'), authority.cert);
  await renew();
  daemon = await startSnetd({ config, directory });
});
afterAll(async () => {
  killStartedSnetd();
  await rm(directory, { recursive: true, force: true });
});

/** Puts a new certificate in place of the old; resolves with its serial number. */
async function renew(): Promise<void> {
  const { cert, key } = await authority.issue(['daemon.test']);
  await put('key.pem', key);
  await put('cert.pem', cert);
}

async function put(name: string, content: string): Promise<void> {
  await writeFile(join(directory, `${name}.new`), content);
  await rename(join(directory, `${name}.new`), join(directory, name));
}

async function serial(): Promise<string> {
  const { hostname: host, port } = new URL(daemon.endpoint);
  const servername = 'daemon.test';
  const socket = connect({ host, port: Number(port), servername, ca: authority.cert });
  await once(socket, 'secureConnect');
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

test('default: certificates are read again when they change, and on SIGHUP', async () => {
  expect(daemon.endpoint).toMatch(/^https:/);
  const first = await serial();

  await renew();
  await expect.poll(serial, { timeout: 20_000 }).not.toBe(first);

  const second = await serial();
  await renew();
  daemon.child.kill('SIGHUP');
  await expect.poll(serial, { timeout: 20_000 }).not.toBe(second);
});

test('error: new files that are broken change nothing, and the log says why', async () => {
  const before = await serial();
  await put('cert.pem', 'half a certif');
  daemon.child.kill('SIGHUP');

  const failed = () => daemon.lines.find(({ event, error }) => event === 'certificates' && error);
  await expect.poll(failed, { timeout: 20_000 }).toMatchObject({
    error: { code: 'TLS_FILE_INVALID', found: 'no PEM block' },
  });
  expect(await serial()).toBe(before);
});

test('error: broken files at the start end it', async () => {
  const file = join(directory, 'broken.json');
  await writeFile(file, JSON.stringify({ ...config, ssl_cert: 'nowhere.pem' }));

  const { code, stderr } = await runSnetd(['serve', '-c', file], { cwd: directory });

  expect(code).toBe(2);
  expect(stderr).toBe(`The file of ssl_cert cannot be read.
Place: ssl_cert
Expected: a PEM file that this process may read
Found: nowhere.pem (ENOENT)
Fix: Correct the path, or let the user of this process read the file.
`);
});
