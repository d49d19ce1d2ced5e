import { connect, type IncomingHttpHeaders } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { createHttpHandler } from '../../src/services/http.ts';
import { startRawService } from '../transport/raw-service.ts';
import { startTransport } from '../transport/start-transport.ts';
import { startWebCall, webWays } from './web-call.ts';

const http1 = createHttpHandler({
  heartbeat: async () => '{}\n',
  ready: async () => [],
  encoding: 'proto',
});

const preflight = {
  origin: 'https://app.example',
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'x-grpc-web,snet-payment-type',
  'access-control-request-private-network': 'true',
};

const exposed =
  'x-grpc-web, grpc-encoding, grpc-status, grpc-message, grpc-timeout, grpc-accept-encoding, grpc-status-details-bin, Retry-After';

/** A request without a body, and its answer. */
async function ask(
  endpoint: string,
  http: '1.1' | '2',
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  if (http === '1.1') {
    const { status, headers: answered } = await fetch(endpoint + path, { method, headers });
    return { status, headers: Object.fromEntries(answered) };
  }
  const session = connect(endpoint);
  const stream = session.request({ ':method': method, ':path': path, ...headers });
  const fields = await new Promise<IncomingHttpHeaders>((resolve) => {
    stream.once('response', resolve);
  });
  stream.resume();
  session.close();
  return { status: Number(fields[':status']), headers: fields };
}

describe.each(['1.1', '2'] as const)('over HTTP/%s', (http) => {
  test('default: a preflight is answered with what was asked for', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    for (const path of ['/pkg.Service/Method', '/heartbeat', '/']) {
      const answer = await ask(transport.listener.endpoint, http, 'OPTIONS', path, preflight);
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'x-grpc-web,snet-payment-type',
        'access-control-allow-private-network': 'true',
        'access-control-expose-headers': exposed,
        vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
      expect(answer.headers).not.toHaveProperty('access-control-max-age');
    }
  });

  test('behavior: a method that is not served is not allowed', async () => {
    await using service = await startRawService();
    await using transport = await startTransport(service);

    const answer = await ask(transport.listener.endpoint, http, 'OPTIONS', '/', {
      'access-control-request-method': 'DELETE',
    });

    expect(answer.status).toBe(204);
    expect(answer.headers).not.toHaveProperty('access-control-allow-methods');
  });

  test.each([
    ['/encoding', 200],
    ['/heartbeat', 200],
    ['/else', 404],
  ])('behavior: every page may read %s', async (path, status) => {
    await using service = await startRawService();
    await using transport = await startTransport(service, { http1 });

    const answer = await ask(transport.listener.endpoint, http, 'GET', path, {
      origin: 'https://app.example',
    });

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': exposed,
      vary: 'Origin',
    });
  });

  test('behavior: only the origins that are allowed, when some are', async () => {
    await using service = await startRawService((call) => call.end());
    const cors = {
      allowedOrigins: ['https://app.example'],
      exposedHeaders: ['x-mine'],
      maxAgeSeconds: 600,
    };
    await using transport = await startTransport(service, { http1, cors });
    const { endpoint } = transport.listener;
    const other = { ...preflight, origin: 'https://other.example' };

    const allowed = await ask(endpoint, http, 'OPTIONS', '/', preflight);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-expose-headers': `${exposed}, x-mine`,
      'access-control-max-age': '600',
    });
    const refused = await ask(endpoint, http, 'OPTIONS', '/', other);
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
    for (const isText of [false, true]) {
      const call = startWebCall(endpoint, { http, isText }, { headers: { origin: other.origin } });
      call.end();
      expect((await call.ended).headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});

test.each(webWays)('behavior: a page may read all of a call, $http, text: $isText', async (way) => {
  await using service = await startRawService((call) => {
    call.respond({ 'x-first': 'one' });
    call.send('hello');
    call.end();
  });
  const cors = { allowedOrigins: ['*'], exposedHeaders: ['x-mine'] };
  await using transport = await startTransport(service, { cors });

  const origin = 'https://app.example';
  const call = startWebCall(transport.listener.endpoint, way, { headers: { origin } });
  call.end();

  expect((await call.ended).headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-first, content-type, grpc-status, grpc-message, x-mine',
    vary: 'Origin',
  });
});
