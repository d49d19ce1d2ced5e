import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

/** Content by path: `{ '/main.js': '...' }`. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>;

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

/** Without an icon of its own, the browser would ask for one. */
const emptyPage =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title></title>';

/**
 * Serves files from a loopback port, with a policy that forbids pages to make code from text and to
 * talk with others than the origins named.
 */
export async function serveFiles(files: SiteFiles, allowedOrigins: readonly string[]) {
  const policy = [
    "default-src 'self' data:",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' ${allowedOrigins.join(' ')}`,
  ].join('; ');
  const all: SiteFiles = { '/': emptyPage, ...files };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const content = Object.hasOwn(all, pathname) ? all[pathname] : undefined;
    const type = types[extname(pathname)] ?? 'text/html';
    response.writeHead(content === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      'cache-control': 'no-store',
    });
    response.end(content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
