import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { afterEach, expect, test, vi } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import { createProbe, probeEndpoint } from './probe.ts';

const certFile = fileURLToPath(
  new URL('../../test/transport/fixtures/localhost-cert.pem', import.meta.url),
);
const cert = readFileSync(certFile, 'utf8');
const key = readFileSync(certFile.replace('-cert', '-key'), 'utf8');

const servers: Server[] = [];
afterEach(() =>
  Promise.all(
    servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))),
  ),
);

async function listen(server: Http2Server | Http2SecureServer | Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server as Server);
  return (server.address() as AddressInfo).port;
}

const health = (status: Status) =>
  connectNodeAdapter({
    routes: (router) => void router.service(Health, { check: () => ({ status }) }),
  });

test('default: one of several addresses is enough', async () => {
  const port = await listen(createServer(health(Status.SERVING)));
  const config = await testConfig({
    SNET_SERVICE_ENDPOINTS: `http://127.0.0.1:1 http://127.0.0.1:${port}`,
  });
  await createProbe(config).check();
  const [gone, there] = config.service_endpoints.map(({ endpoint }) => new URL(endpoint));
  await probeEndpoint(config, there as URL);
  await expect(probeEndpoint(config, gone as URL)).rejects.toThrow(
    'the service accepts no connection',
  );
});

test('error: none of several addresses answers', async () => {
  const config = await testConfig({
    SNET_SERVICE_ENDPOINTS: 'http://127.0.0.1:1 http://127.0.0.1:2',
  });
  await expect(createProbe(config).check()).rejects.toThrow('the service accepts no connection');
});

test('behavior: health over TLS with an authority of one’s own, and no connection stays', async () => {
  const server = createSecureServer({ cert, key }, health(Status.SERVING));
  const sessions = new Set<unknown>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  const url = new URL(`https://localhost:${await listen(server)}`);
  const env = { SNET_SERVICE_HEARTBEAT_TYPE: 'grpc', SNET_HEARTBEAT_ENDPOINT: url.origin };
  await probeEndpoint(await testConfig({ ...env, SNET_SERVICE_CA_PATH: certFile }), url);
  await expect(probeEndpoint(await testConfig(env), url)).rejects.toThrow(
    'the health service does not answer',
  );
  await vi.waitFor(() => expect(sessions.size).toBe(0));
});

test('behavior: the path of heartbeat_endpoint is asked at each address, over TLS too', async () => {
  const asked: (string | undefined)[] = [];
  const server = createHttpsServer({ cert, key }, (request, response) => {
    asked.push(request.url);
    response.statusCode = request.url === '/alive?x=1' ? 200 : 500;
    response.end('yes');
  });
  const url = new URL(`https://localhost:${await listen(server)}/api`);
  const configOf = (path: string) =>
    testConfig({
      SNET_SERVICE_HEARTBEAT_TYPE: 'https',
      SNET_HEARTBEAT_ENDPOINT: `https://anywhere.example${path}`,
      SNET_SERVICE_CA_PATH: certFile,
    });
  await probeEndpoint(await configOf('/alive?x=1'), url);
  await expect(probeEndpoint(await configOf('/dead'), url)).rejects.toThrow(
    'the heartbeat endpoint answers 500',
  );
  expect(asked).toEqual(['/alive?x=1', '/dead']);
});
