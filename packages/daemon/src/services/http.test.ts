import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpHandler } from './http.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  const heartbeat = async () => '{"status":"Online"}\n';
  server = createServer(createHttpHandler({ heartbeat, encoding: 'proto' }));
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
  ['/', 404, '404 page not found\n'],
  ['/heartbeats', 404, '404 page not found\n'],
  ['/metrics', 404, '404 page not found\n'],
])('default: GET %s', async (path, status, body) => {
  const response = await fetch(url + path);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('vary')).toBe('Origin');
});

test('behavior: any method gets a heartbeat, and a body is not in its way', async () => {
  const response = await fetch(`${url}/heartbeat`, { method: 'POST', body: 'x'.repeat(100_000) });
  expect(response.status).toBe(200);
});

test('behavior: a preflight is answered with what was asked for', async () => {
  const response = await fetch(`${url}/pkg.Service/Method`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-grpc-web,snet-payment-type',
      'access-control-request-private-network': 'true',
    },
  });
  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'x-grpc-web,snet-payment-type',
    'access-control-allow-private-network': 'true',
    'access-control-expose-headers':
      'x-grpc-web, grpc-encoding, grpc-status, grpc-message, grpc-timeout, grpc-accept-encoding, grpc-status-details-bin, Retry-After',
  });
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
});

test('behavior: a method that is not served is not allowed', async () => {
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'DELETE' },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-methods')).toBeNull();
});
