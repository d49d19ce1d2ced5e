import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Server, Socket } from 'node:net';
import { findPort } from '../world/find-port.ts';
import { parsePlan, type Step } from './plan.ts';

/** What the service knows of one attempt: the independent witness of what was served. */
export interface Served {
  /** `<channel>/<nonce>/<amount>` of the payment, as the daemon passed it on. */
  readonly payment: string;
  /** The first message went out. */
  first: boolean;
  /** How it ended, as the service sees it. */
  end: 'ok' | 'failed' | 'left' | undefined;
  /** The connection was cut under it: what the daemon saw of it is not known. */
  wasCut: boolean;
}

/** A gRPC service that does what each call's plan says. */
export interface FlakyService {
  readonly endpoint: string;
  /** Attempts that reached it, by their number. */
  readonly served: Map<string, Served>;
  /** Calls that wait to be let go or left. */
  readonly heldCount: number;
  /** Makes calls wait at the gate until the returned function is called. */
  shutGate(): () => void;
  /** Cuts all connections; while `isDown`, new ones are refused. */
  cut(): void;
  isDown: boolean;
  stop(): Promise<void>;
}

/** Header that carries the plan. */
export const planHeader = 'chaos-plan';
/** Header that carries the number of the attempt. */
export const attemptHeader = 'chaos-attempt';

/** Starts it. */
export async function startFlakyService(): Promise<FlakyService> {
  const served = new Map<string, Served>();
  const sockets = new Set<Socket>();
  const running = new Map<Served, ServerHttp2Stream>();
  let held = 0;
  let gate: Promise<void> | undefined;
  const server = createServer({ maxSessionMemory: 100 });
  server.on('connection', (socket: Socket) => {
    if (service.isDown) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', (session) => session.on('error', () => {}));
  server.on('stream', (stream, headers) => {
    const record: Served = {
      payment: paymentOf(headers),
      first: false,
      end: undefined,
      wasCut: false,
    };
    served.set(String(headers[attemptHeader]), record);
    running.set(record, stream);
    stream.once('close', () => running.delete(record));
    void play(stream, parsePlan(String(headers[planHeader])), record);
  });

  async function play(stream: ServerHttp2Stream, steps: readonly Step[], record: Served) {
    const closed = new Promise<void>((resolve) => stream.once('close', resolve));
    const gone = () => stream.destroyed || stream.closed;
    stream.on('error', () => {});
    stream.resume();
    for (const step of steps) {
      if (gone()) break;
      if (step.kind === 'wait') {
        await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, step.ms))]);
      } else if (step.kind === 'message') {
        if (!stream.headersSent) stream.respond(responseHeaders, { waitForTrailers: true });
        stream.write(message);
        record.first = true;
      } else if (step.kind === 'gate') {
        await Promise.race([closed, gate]);
      } else if (step.kind === 'hold') {
        held += 1;
        await closed;
        held -= 1;
      } else if (step.kind === 'die') {
        record.end = 'failed';
        for (const [other, { session }] of running) {
          if (session === stream.session) other.wasCut = true;
        }
        stream.session?.destroy();
      } else {
        record.end = step.code === 0 ? 'ok' : 'failed';
        finish(stream, step.code);
        return;
      }
    }
    record.end ??= 'left';
  }

  server.listen(await findPort(), '127.0.0.1');
  await once(server, 'listening');
  const address = (server as unknown as Server).address();
  const service: FlakyService = {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`,
    served,
    get heldCount() {
      return held;
    },
    shutGate() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = undefined;
        resolve();
      };
    },
    cut() {
      for (const record of running.keys()) record.wasCut = true;
      for (const socket of sockets) socket.destroy();
    },
    isDown: false,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return service;
}

const message = Buffer.from([0, 0, 0, 0, 2, 0x0a, 0]);
const responseHeaders = { ':status': 200, 'content-type': 'application/grpc+proto' };

function finish(stream: ServerHttp2Stream, code: number): void {
  const status = { 'grpc-status': String(code), ...(code !== 0 && { 'grpc-message': 'planned' }) };
  if (!stream.headersSent) {
    stream.respond({ ...responseHeaders, ...status }, { endStream: true });
    return;
  }
  stream.once('wantTrailers', () => stream.sendTrailers(status));
  stream.end();
}

function paymentOf(headers: IncomingHttpHeaders): string {
  const names = ['channel-id', 'channel-nonce', 'channel-amount'];
  return names.map((name) => headers[`snet-payment-${name}`]).join('/');
}
