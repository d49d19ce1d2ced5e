import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server on a free port of the loopback address. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** Method and URL of each request, in order. */
  readonly requests: string[];
  /** Bytes that went out over all connections. */
  countSent(): number;
}

/** Answers a request; it must end the response, or leave it open on purpose. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

/** Starts a server that answers as the test says. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void answer(response, request);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    countSent: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
