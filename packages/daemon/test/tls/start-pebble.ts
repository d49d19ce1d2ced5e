import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from './make-certificate.ts';

/** An authority that speaks ACME, in a process of its own. */
export interface Pebble {
  /** Its own directory, and the certificates by which its server is known. */
  readonly directoryUrl: string;
  readonly ca: string;
  /** The root of the certificates that it gives. */
  readonly root: string;
  /** Ports that it validates at. */
  readonly httpPort: number;
  readonly tlsPort: number;
  stop(): Promise<void>;
}

/** Starts Debian's pebble with a DNS of its own, in which every name is this machine. */
export async function startPebble(options: {
  validitySeconds: number;
  tlsPort?: number;
}): Promise<Pebble> {
  const directory = await mkdtemp(join(tmpdir(), 'pebble-'));
  const authority = await makeAuthority('Pebble server');
  const { cert, key } = await authority.issue(['localhost']);
  const [listen, manage, dns, dnsManage, httpPort, spare] = await findPorts(6);
  const tlsPort = options.tlsPort ?? (spare as number);
  await writeFile(join(directory, 'cert.pem'), cert);
  await writeFile(join(directory, 'key.pem'), key);
  const config = {
    pebble: {
      listenAddress: `127.0.0.1:${listen}`,
      managementListenAddress: `127.0.0.1:${manage}`,
      certificate: join(directory, 'cert.pem'),
      privateKey: join(directory, 'key.pem'),
      httpPort,
      tlsPort,
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      certificateValidityPeriod: options.validitySeconds,
    },
  };
  await writeFile(join(directory, 'config.json'), JSON.stringify(config));
  const names = spawn('pebble-challtestsrv', [
    ...['-dns01', `127.0.0.1:${dns}`, '-management', `127.0.0.1:${dnsManage}`],
    ...['-http01', '', '-https01', '', '-tlsalpn01', ''],
    ...['-defaultIPv4', '127.0.0.1', '-defaultIPv6', ''],
  ]);
  const pebble = spawn(
    'pebble',
    ['-config', join(directory, 'config.json'), '-dnsserver', `127.0.0.1:${dns}`],
    { env: { PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' } },
  );
  const directoryUrl = `https://localhost:${listen}/dir`;
  const children = [names, pebble];
  let output = '';
  for (const child of children) {
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
  }
  const stop = async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null) return;
        child.kill();
        await once(child, 'exit');
      }),
    );
    await rm(directory, { recursive: true, force: true });
  };
  const deadline = Date.now() + 20_000;
  for (;;) {
    const root = await get(`https://localhost:${manage}/roots/0`, authority.cert);
    if (root !== undefined) {
      return {
        directoryUrl,
        ca: authority.cert,
        root,
        httpPort: httpPort as number,
        tlsPort,
        stop,
      };
    }
    if (Date.now() > deadline || children.some(({ exitCode }) => exitCode !== null)) {
      await stop();
      throw new Error(`pebble does not come up:\n${output}`);
    }
  }
}

/** The body of a page, or undefined when nobody answers. */
async function get(url: string, ca: string): Promise<string | undefined> {
  const page = request(url, { ca, agent: false });
  page.end();
  try {
    const [answer] = await once(page, 'response');
    return (await answer.setEncoding('utf8').toArray()).join('');
  } catch {
    return undefined;
  }
}

async function findPorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}
