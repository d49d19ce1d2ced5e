import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, test } from 'vitest';
import { encodeMessage } from './messages.ts';
import { startTransport } from './start-transport.ts';

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const [key, cert] = [read('localhost-key.pem'), read('localhost-cert.pem')];

async function startSecureService() {
  const server = createSecureServer({ key, cert });
  server.on('stream', (stream, headers) => {
    const fields = { 'content-type': 'application/grpc', 'x-scheme': headers[':scheme'] };
    stream.respond(fields, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(encodeMessage('secret'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `https://localhost:${port}`, port, close: () => server.close() };
}

test('default: a service behind TLS', async () => {
  const service = await startSecureService();
  await using transport = await startTransport(service, { service: { ca: cert } });

  const call = transport.client.call();
  call.end('hello');

  expect((await call.headers)['x-scheme']).toBe('https');
  expect(await call.responses.next()).toBe('secret');
  expect(await call.ended).toMatchObject({ status: '0' });
  service.close();
});

test('error: a certificate that nobody vouches for', async () => {
  const service = await startSecureService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('hello');

  const { status, message } = await call.ended;
  expect(status).toBe('13');
  expect(message).toMatch(/^can't connect to service self-signed certificate/);
  service.close();
});

test('error: TLS without HTTP/2', async () => {
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const service = { endpoint: `https://localhost:${port}` };
  await using transport = await startTransport(service, { service: { ca: cert } });

  const call = transport.client.call();
  call.end('hello');

  const { status, message } = await call.ended;
  expect(status).toBe('13');
  expect(message).toMatch(
    new RegExp(`^can't connect to service localhost:${port} does not speak HTTP/2%0A`),
  );
  server.close();
});
