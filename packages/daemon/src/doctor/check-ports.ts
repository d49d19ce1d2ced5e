import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config/schema.ts';
import type { HostPort } from '../config/types/host-port.ts';
import type { Check, Finding } from './finding.ts';

/** The ports that the daemon will listen on. A daemon that runs already may have its own. */
export function checkPorts(config: Config): Check {
  const { metrics_endpoint: metrics, auto_ssl_domain: domain } = config;
  const isProvedByHttp = domain !== undefined && config.auto_ssl_challenge === 'http-01';
  const wanted: readonly (readonly [string, HostPort])[] = [
    ['daemon_endpoint', config.daemon_endpoint],
    ...(metrics === undefined ? [] : [['metrics_endpoint', metrics] as const]),
    ...(isProvedByHttp ? [['auto_ssl_http_endpoint', config.auto_ssl_http_endpoint] as const] : []),
  ];
  return { name: 'ports', run: () => Promise.all(wanted.map(tryPort)) };
}

async function tryPort([setting, { host, port }]: readonly [string, HostPort]): Promise<Finding> {
  const place = `${setting} ${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (port === 0) return { status: 'ok', text: `${setting}: any free port` };
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return { status: 'ok', text: `${place} is free` };
  } catch (cause) {
    return describeTaken(place, cause, { host, port });
  } finally {
    server.close();
  }
}

async function describeTaken(
  place: string,
  cause: unknown,
  { host, port }: HostPort,
): Promise<Finding> {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    if (await isDaemon(host, port))
      return { status: 'ok', text: `${place}: a daemon listens there already` };
    return {
      status: 'fail',
      text: `${place} is taken by another program`,
      fix: 'End that program, or choose another port.',
    };
  }
  if (code === 'EACCES') {
    return {
      status: 'fail',
      text: `${place} may not be listened on by this user`,
      fix: 'Choose a port above 1023, or give the daemon CAP_NET_BIND_SERVICE (AmbientCapabilities of systemd).',
    };
  }
  return { status: 'fail', text: `${place}: ${message}`, fix: 'Name an address of this machine.' };
}

async function isDaemon(host: string, port: number): Promise<boolean> {
  const name =
    host === '0.0.0.0'
      ? '127.0.0.1'
      : host === '::'
        ? '[::1]'
        : host.includes(':')
          ? `[${host}]`
          : host;
  try {
    const answer = await fetch(`http://${name}:${port}/heartbeat`, {
      signal: AbortSignal.timeout(2_000),
    });
    return (await answer.text()).includes('"daemonID"');
  } catch {
    return false;
  }
}
