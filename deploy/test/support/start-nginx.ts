import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Balancer, BalancerOptions } from './balancer.ts';
import { readExample } from './example.ts';
import { findProgram } from './find-program.ts';
import { startServer } from './start-server.ts';

/** Starts the real nginx on the published example. */
export async function startNginx(options: BalancerOptions): Promise<Balancer> {
  const { directory, port, hosts, certificate } = options;
  const site = await readExample('nginx/snetd.conf', {
    '10.0.0.11:8080': hosts[0],
    '10.0.0.12:8080': hosts[1],
    'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
    '/etc/snetd/tls/fullchain.pem': certificate.certFile,
    '/etc/snetd/tls/privkey.pem': certificate.keyFile,
  });
  await mkdir(join(directory, 'nginx'), { recursive: true });
  const at = (name: string) => join(directory, 'nginx', name);
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(at('snetd.conf'), site);
  await writeFile(
    at('nginx.conf'),
    [
      `daemon off; pid ${at('pid')}; error_log stderr warn;`,
      'events { worker_connections 1024; }',
      `http { access_log off; ${kinds.map((kind) => `${kind}_temp_path ${at(kind)};`).join(' ')}`,
      `include ${at('snetd.conf')}; }`,
    ].join('\n'),
  );
  const server = await startServer(
    [findProgram('nginx'), '-p', directory, '-e', 'stderr', '-c', at('nginx.conf')],
    port,
  );
  return { ...server, endpoint: `https://127.0.0.1:${port}` };
}
