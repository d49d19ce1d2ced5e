import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Balancer, BalancerOptions } from './balancer.ts';
import { readExample } from './example.ts';
import { findProgram } from './find-program.ts';
import { startServer } from './start-server.ts';

/** Starts the real HAProxy on the published example. */
export async function startHaproxy(options: BalancerOptions): Promise<Balancer> {
  const { directory, port, hosts, certificate } = options;
  const pem = join(directory, 'haproxy.pem');
  await writeFile(pem, certificate.cert + (await readFile(certificate.keyFile, 'utf8')));
  const config = join(directory, 'haproxy.cfg');
  await writeFile(
    config,
    await readExample('haproxy/haproxy.cfg', {
      '10.0.0.11:8080': hosts[0],
      '10.0.0.12:8080': hosts[1],
      'bind :443': `bind 127.0.0.1:${port}`,
      '/etc/snetd/tls/snetd.pem': pem,
    }),
  );
  const server = await startServer([findProgram('haproxy'), '-db', '-f', config], port);
  return { ...server, endpoint: `https://127.0.0.1:${port}` };
}
