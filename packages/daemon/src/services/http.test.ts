import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpHandler } from './http.ts';

let server: Server;
let url: string;
let obstacles: string[] = [];

beforeAll(async () => {
  const heartbeat = async () => '{"status":"Online"}\n';
  server = createServer(
    createHttpHandler({ heartbeat, ready: async () => obstacles, encoding: 'proto' }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

test.each([
  ['/encoding', 200, 'proto\n'],
  ['/encoding/more?x=1', 200, 'proto\n'],
  ['/heartbeat', 200, '{"status":"Online"}\n'],
  ['/heartbeat?x', 200, '{"status":"Online"}\n'],
  ['/readyz', 200, 'ready\n'],
  ['/livez', 200, 'alive\n'],
  ['/', 404, '404 page not found\n'],
  ['/heartbeats', 404, '404 page not found\n'],
  ['/metrics', 404, '404 page not found\n'],
])('default: GET %s', async (path, status, body) => {
  const response = await fetch(url + path);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

test('behavior: any method gets a heartbeat, and a body is not in its way', async () => {
  const response = await fetch(`${url}/heartbeat`, { method: 'POST', body: 'x'.repeat(100_000) });
  expect(response.status).toBe(200);
});

test('behavior: a daemon that is not ready says so by the status, and why', async () => {
  obstacles = ['the store is away', 'the daemon is stopping'];
  const response = await fetch(`${url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.text()).toBe('not ready: the store is away; the daemon is stopping\n');
  obstacles = [];
});
