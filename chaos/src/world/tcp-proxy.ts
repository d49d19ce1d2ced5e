import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { findPort } from './find-port.ts';

/** `pass`: bytes flow; `stall`: they wait, in both directions; `refuse`: every connection is cut at once. */
export type WireMood = 'pass' | 'stall' | 'refuse';

/** A wire between two processes that can be cut. */
export interface TcpProxy {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  readonly port: number;
  mood: WireMood;
  /** Cuts all connections; new ones may be made. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a wire to a port of this machine. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let mood: WireMood = 'pass';
  const server = createServer((near) => {
    near.on('error', () => {});
    if (mood === 'refuse') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.setNoDelay(true);
      from.on('error', () => {});
      from.on('data', (chunk) => {
        if (!to.write(chunk)) from.pause();
      });
      to.on('drain', () => mood === 'pass' && from.resume());
      from.on('end', () => to.end());
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
    }
    if (mood === 'stall') for (const socket of pair) socket.pause();
  });
  const port = await findPort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    host: `127.0.0.1:${port}`,
    port,
    get mood() {
      return mood;
    },
    set mood(next) {
      mood = next;
      if (mood === 'refuse') cut();
      for (const pair of pairs) {
        for (const socket of pair) mood === 'stall' ? socket.pause() : socket.resume();
      }
    },
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
