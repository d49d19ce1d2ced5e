import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { createListenerCounters } from '../../../src/listener/listener-counters.ts';
import { startListener } from '../../../src/listener/start-listener.ts';
import { createOwnServices, isOwnPath } from '../../../src/services/own-services.ts';
import { createEchoUpstream } from '../../../src/upstreams/echo.ts';
import { testConfiguration, testHealth } from '../../services/start-own-services.ts';
import { passThrough } from '../../transport/start-transport.ts';
import { demand } from '../expect.ts';

/** A real listener in this thread whose service answers with what it is asked. */
export interface EchoListener {
  /**
   * Sends pieces on a connection of their own, closes its sending half and waits until the other end
   * has closed, too.
   * @returns what came back
   * @throws when it does not close, when something is left behind, or when something threw
   */
  send(pieces: readonly Uint8Array[]): Promise<Buffer>;
  close(): Promise<void>;
}

/** Largest message of a request; small, so that inputs reach it. */
export const maxMessageBytes = 2_000;
/** Generous: machines are shared. */
const patienceMs = 20_000;
/** Inputs between two calls of somebody who behaves. */
const neighbourEvery = 100;

/** Starts one on a free port. */
export async function startEchoListener(): Promise<EchoListener> {
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  const counters = createListenerCounters();
  const listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    counters,
    upstream: createEchoUpstream(),
    onCall: passThrough,
    ownServices: {
      owns: isOwnPath,
      handler: createOwnServices({
        health: testHealth(),
        configuration: testConfiguration(),
        channelState: undefined,
        maxMessageBytes,
        counters: { serviceRequests: 0 },
        onFault,
      }),
    },
    http1: (_request, response) => void response.end('plain'),
    limits: { maxMessageBytes, firstBytesMs: 2_000, requestMs: 2_000 },
    onFault,
  });
  let neighbour: ClientHttp2Session | undefined;
  let sent = 0;

  /** What the neighbour has open does not count. */
  async function settle(): Promise<void> {
    const deadline = performance.now() + patienceMs;
    const limit = neighbour === undefined ? 0 : 1;
    while (counters.sockets > limit || counters.calls > 0 || counters.streams > 0) {
      demand(performance.now() < deadline, `left behind: ${JSON.stringify(counters)}`);
      await new Promise(setImmediate);
    }
    const [fault] = faults;
    if (fault !== undefined) throw fault;
  }

  async function askNeighbour(): Promise<void> {
    neighbour ??= connectHttp2(listener.endpoint);
    const stream = neighbour.request({
      ':method': 'POST',
      ':path': '/good.Service/Call',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const body = Buffer.from([0, 0, 0, 0, 2, 8, 1]);
    stream.end(body);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    demand(Buffer.concat(chunks).equals(body), 'a neighbour got another answer');
  }

  return {
    async send(pieces) {
      const socket = connect(listener.port, '127.0.0.1');
      socket.setNoDelay(true);
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      // The other end may hang up before everything is said.
      socket.on('error', () => {});
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise(setImmediate);
      }
      socket.end();
      const overdue = setTimeout(() => socket.destroy(new Error('overdue')), patienceMs);
      await closed;
      clearTimeout(overdue);
      demand(socket.errored?.message !== 'overdue', 'the connection does not close');
      await settle();
      sent += 1;
      if (sent % neighbourEvery === 0) await askNeighbour();
      return Buffer.concat(chunks);
    },
    async close() {
      neighbour?.destroy();
      await listener.close({ graceMs: 0 });
    },
  };
}
