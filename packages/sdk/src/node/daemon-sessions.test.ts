import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { Code, createClient } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport } from '@connectrpc/connect-node';
import { Health, type HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { expect, onTestFinished, test } from 'vitest';
import { createDaemonSessions } from './daemon-sessions.ts';

const nobody = 'http://127.0.0.1:1';

interface TestDaemon {
  readonly endpoint: string;
  readonly sessions: Set<ServerHttp2Session>;
  readonly calls: string[];
  stop(): Promise<void>;
}

async function startDaemon(status: Status, requestPathPrefix = ''): Promise<TestDaemon> {
  const calls: string[] = [];
  const server: Http2Server = createServer(
    connectNodeAdapter({
      requestPathPrefix,
      routes({ service }) {
        service(Health, {
          check(_request, { url }) {
            calls.push(new URL(url).pathname);
            return { status };
          },
        });
      },
    }),
  );
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {});
    session.once('close', () => sessions.delete(session));
  });
  const endpoint = await listen(server);
  return {
    endpoint,
    sessions,
    calls,
    async stop() {
      for (const session of sessions) session.destroy();
      if (server.listening) server.close();
    },
  };
}

async function listen(server: Server | Http2Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connectTo(...endpoints: readonly [string, ...string[]]) {
  const sessions = createDaemonSessions({ endpoints, timeoutMs: 1_000 });
  onTestFinished(() => sessions.close());
  const transport = createGrpcTransport({ baseUrl: endpoints[0], sessionManager: sessions });
  return { sessions, health: createClient(Health, transport) };
}

test('default: calls go to the first daemon, on one connection', async () => {
  await using first = disposable(await startDaemon(1));
  await using second = disposable(await startDaemon(2));
  const { health, sessions } = connectTo(first.endpoint, second.endpoint);
  const replies = await Promise.all(Array.from({ length: 20 }, () => health.check({})));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([1]));
  expect([first.sessions.size, second.sessions.size]).toEqual([1, 0]);
  expect(sessions.endpoint).toBe(first.endpoint);
});

test('behavior: the next daemon is called when the first cannot be reached, with its own path', async () => {
  await using second = disposable(await startDaemon(2, '/second'));
  const { health, sessions } = connectTo(`${nobody}/first/`, `${second.endpoint}/second`);
  expect(await health.check({})).toMatchObject({ status: 2 });
  expect(sessions.endpoint).toBe(`${second.endpoint}/second`);
  expect(second.calls).toEqual(['/second/grpc.health.v1.Health/Check']);
});

test('behavior: a server that is there and does not answer is passed over', async () => {
  const silent = await listen(createTcpServer((socket) => void socket.on('error', () => {})));
  const web = await listen(createPlainServer((_request, response) => void response.end('hello')));
  await using last = disposable(await startDaemon(2));
  const { health } = connectTo(silent, web, last.endpoint);
  expect(await health.check({})).toMatchObject({ status: 2 });
});

test('error: closed; nothing is opened anew', async () => {
  await using daemon = disposable(await startDaemon(1));
  const { sessions, health } = connectTo(daemon.endpoint);
  sessions.close();
  await expect(sessions.request('POST', '/', {}, {})).rejects.toMatchObject({
    message: `connection to ${daemon.endpoint}: closed`,
    code: 'ENOTCONN',
  });
  await expect(health.check({})).rejects.toMatchObject({ code: Code.Internal });
  expect(daemon.sessions.size).toBe(0);
});

test('behavior: goes on with another daemon when the one in use stops', async () => {
  const first = await startDaemon(1);
  await using second = disposable(await startDaemon(2));
  const { health } = connectTo(first.endpoint, second.endpoint);
  expect(await health.check({})).toMatchObject({ status: 1 });
  await first.stop();
  await expect.poll(() => health.check({})).toMatchObject({ status: 2 });
});

// connect-es issue 1768: with its own session manager this ends the program.
test('behavior: a connection that is closed while idle ends no program, and is made anew', async () => {
  await using daemon = disposable(await startDaemon(1));
  const { health } = connectTo(daemon.endpoint);
  for (const how of ['close', 'goaway', 'destroy'] as const) {
    await health.check({});
    const [session] = daemon.sessions;
    session?.[how]();
    // What meets the closing connection was not taken up, and is not sent again here.
    await expect.poll(() => health.check({})).toMatchObject({ status: 1 });
  }
});

test('error: no daemon at all: nothing was sent, and the cause says so', async () => {
  const silent = await listen(createTcpServer((socket) => void socket.on('error', () => {})));
  const { health } = connectTo(nobody);
  await expect(health.check({})).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  const other = connectTo(silent);
  await expect(other.health.check({})).rejects.toMatchObject({
    cause: {
      code: 'ENOTCONN',
      message: `connection to ${silent}: no answer within 1000 ms`,
    },
  });
});

test('behavior: closing ends calls that run', async () => {
  await using daemon = disposable(await startDaemon(1));
  const { health, sessions } = connectTo(daemon.endpoint);
  await health.check({});
  sessions.close();
  await expect(health.check({})).rejects.toThrow();
});

function disposable(daemon: TestDaemon): TestDaemon & AsyncDisposable {
  return { ...daemon, [Symbol.asyncDispose]: () => daemon.stop() };
}
