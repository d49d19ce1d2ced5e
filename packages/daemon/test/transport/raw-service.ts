import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2';
import { type AddressInfo, Server, type Socket } from 'node:net';
import { encodeMessage, MessageQueue } from './messages.ts';

/** One call as a service sees it. */
export class ServedCall {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly requests = new MessageQueue();
  /** The code that the stream was closed with. */
  readonly closed: Promise<number>;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    rawHeaders: readonly string[],
  ) {
    this.stream = stream;
    this.headers = headers;
    this.rawHeaders = rawHeaders;
    this.closed = new Promise((resolve) => stream.once('close', () => resolve(stream.rstCode)));
    stream.on('error', () => {});
  }

  /** Starts to read the request. */
  read(): this {
    this.stream.on('data', (chunk: Buffer) => this.requests.push(chunk));
    this.stream.on('end', () => this.requests.end());
    return this;
  }

  respond(metadata: Record<string, string | string[]> = {}): void {
    const fields = { ':status': 200, 'content-type': 'application/grpc+proto', ...metadata };
    this.stream.respond(fields, { waitForTrailers: true });
  }

  send(content: string | Uint8Array): boolean {
    if (!this.stream.headersSent) this.respond();
    return this.stream.write(encodeMessage(content));
  }

  /** Ends with trailers; without a message and metadata before, with a response that is nothing else. */
  end(status: Record<string, string | string[]> = { 'grpc-status': '0' }): void {
    if (!this.stream.headersSent) {
      const fields = { ':status': 200, 'content-type': 'application/grpc', ...status };
      this.stream.respond(fields, { endStream: true });
      return;
    }
    this.stream.once('wantTrailers', () => this.stream.sendTrailers(status));
    this.stream.end();
  }
}

/** A gRPC service on core streams, which can do what no library lets a service do. */
export interface RawService {
  readonly endpoint: string;
  readonly port: number;
  /** Sessions that are open. */
  readonly sessions: ReadonlySet<ServerHttp2Session>;
  /** How many sessions were ever opened. */
  readonly totalSessions: () => number;
  /** The next call that arrives. */
  next(): Promise<ServedCall>;
  /** Takes no new connections; those that are there stay. */
  refuse(): void;
  /** Cuts all connections, as a process that is killed does. */
  cut(): void;
  /** The same, and stops listening. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a service; calls go to `onCall`, or else to whoever asks for the next one. */
export async function startRawService(
  onCall?: (call: ServedCall) => void,
  options: ServerOptions & { port?: number } = {},
): Promise<RawService> {
  const server = createServer({ maxSessionMemory: 100, ...options });
  const sessions = new Set<ServerHttp2Session>();
  const calls: ServedCall[] = [];
  const waiting: ((call: ServedCall) => void)[] = [];
  let total = 0;
  server.on('session', (session) => {
    total++;
    sessions.add(session);
    session.on('error', () => {});
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers, _flags, rawHeaders) => {
    const call = new ServedCall(stream, headers, rawHeaders);
    if (onCall !== undefined) return onCall(call);
    const waiter = waiting.shift();
    if (waiter === undefined) calls.push(call);
    else waiter(call);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const stop = async () => {
    cut();
    if (server.listening) server.close();
    if (sockets.size > 0) await once(server, 'close');
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    sessions,
    totalSessions: () => total,
    next() {
      const call = calls.shift();
      return call === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(call);
    },
    refuse: () => void Server.prototype.close.call(server),
    cut,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
