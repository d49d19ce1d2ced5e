import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createHttpHandler } from '../../src/services/http.ts';
import { createOwnServices, isOwnPath } from '../../src/services/own-services.ts';
import { testConfiguration, testHealth } from '../services/start-own-services.ts';
import { startRawService } from '../transport/raw-service.ts';
import { startTransport } from '../transport/start-transport.ts';

const handler = createOwnServices({
  health: testHealth(),
  configuration: testConfiguration(),
  channelState: undefined,
  maxMessageBytes: 1000,
  counters: { serviceRequests: 0 },
  onFault: (fault) => expect(fault).toBeUndefined(),
});
const options = {
  ownServices: { owns: isOwnPath, handler },
  http1: createHttpHandler({
    heartbeat: async () => '{}\n',
    ready: async () => [],
    encoding: 'proto',
  }),
  limits: { maxMessageBytes: 1000 },
};

function head(path: string, contentType: string, length: number): string {
  return `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${contentType}\r\ncontent-length: ${length}\r\n\r\n`;
}

/** Sends a body for as long as the other end takes it. */
async function pour(socket: Socket, total: number, closed: Promise<unknown>): Promise<number> {
  let sent = 0;
  const piece = Buffer.alloc(64 * 1024);
  while (sent < total && socket.writable) {
    if (!socket.write(piece)) {
      await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
    }
    sent += piece.length;
  }
  return sent;
}

test.each([
  ['/grpc.health.v1.Health/Check', 'application/json'],
  ['/grpc.health.v1.Health/Check', 'application/grpc-web'],
  ['/test.Service/Call', 'application/grpc-web'],
  ['/heartbeat', 'text/plain'],
])(
  'default: who goes on sending after the answer loses the connection, %s %s',
  async (path, type) => {
    await using service = await startRawService();
    await using transport = await startTransport(service, options);
    const total = 512 * 2 ** 20;

    const socket = connect(transport.listener.port, '127.0.0.1');
    socket.on('error', () => {});
    const answers: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => answers.push(chunk));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(head(path, type, total));
    if (type === 'application/grpc-web') socket.write(Buffer.from([0, 0, 0, 0x10, 0]));
    const sent = await pour(socket, total, closed);
    await closed;

    expect(Buffer.concat(answers).toString()).toMatch(/^HTTP\/1\.1 (200|429)/);
    expect(sent).toBeLessThan(total);
    await expect.poll(() => transport.listener.counters).toMatchObject({ calls: 0, sockets: 1 });
  },
);

test('behavior: a connection whose request was not large is used again', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, options);

  const socket = connect(transport.listener.port, '127.0.0.1');
  for (let count = 0; count < 3; count++) {
    socket.write(head('/heartbeat', 'text/plain', 20_000));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/);
    socket.write(Buffer.alloc(20_000));
  }

  expect(transport.listener.counters).toMatchObject({ totalHttpRequests: 3, sockets: 2 });
  socket.destroy();
});

test('error: who stops in the middle of a request after its answer', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service, options);

  const socket = connect(transport.listener.port, '127.0.0.1');
  socket.write(head('/heartbeat', 'text/plain', 20_000));
  socket.resume();
  await once(socket, 'close');

  await expect.poll(() => transport.listener.counters.sockets).toBe(1);
});
