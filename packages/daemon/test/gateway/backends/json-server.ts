import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that is told each request whole. */
export interface JsonServer {
  readonly endpoint: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A request with its body. */
export interface WholeRequest {
  readonly request: IncomingMessage;
  readonly text: string;
}

/** Starts one on 127.0.0.1. */
export async function startJsonServer(
  answer: (request: WholeRequest, response: ServerResponse) => void,
  options: { port?: number } = {},
): Promise<JsonServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer({ request, text: Buffer.concat(chunks).toString('utf8') }, response);
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The methods of the echo service that one message can call, in JSON; undefined for one that hangs. */
export function answerEcho(
  method: string | undefined,
  message: { data?: string; count?: string },
): unknown {
  if (method === 'Hang') return undefined;
  if (method !== 'Grow') return message;
  return { data: Buffer.alloc(Number(message.count)).toString('base64') };
}
