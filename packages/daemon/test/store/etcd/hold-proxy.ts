import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that can keep back what clients send. */
export interface HoldProxy {
  readonly endpoint: string;
  /** From now on nothing that clients send goes on, and nothing comes back; new connections hang. */
  hold(): void;
  /** What clients have sent so far goes on to the server; what they sent later never will. */
  seal(): void;
  /** Connections of clients. */
  readonly clients: number;
  /** What clients sent and is kept back. */
  readonly held: Buffer;
  /** The sealed bytes go to the server. Connections of clients end; new ones work. */
  letGo(): void;
  close(): Promise<void>;
}

/** Starts it before `target`, an `http://host:port`. */
export async function startHoldProxy(target: string): Promise<HoldProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<{ client: Socket; server: Socket; held: Buffer[]; isLeft: boolean }>();
  let isHeld = false;
  let isSealed = false;
  const listener = createServer((client) => {
    const server = connect({ host: hostname, port: Number(port) });
    const pair = { client, server, held: [] as Buffer[], isLeft: false };
    pairs.add(pair);
    client.on('data', (chunk) => {
      if (!isHeld) server.write(chunk);
      else if (!isSealed) pair.held.push(chunk);
    });
    server.on('data', (chunk) => {
      if (!isHeld) client.write(chunk);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {});
      // The server keeps its end as long as what was kept back may still arrive.
      one.on('close', () => {
        if (!isHeld && !pair.isLeft) other.destroy();
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    hold() {
      isHeld = true;
    },
    seal() {
      isSealed = true;
    },
    get clients() {
      return [...pairs].filter(({ client }) => !client.destroyed).length;
    },
    get held() {
      return Buffer.concat([...pairs].flatMap(({ held }) => held));
    },
    letGo() {
      for (const pair of pairs) {
        const { client, server, held } = pair;
        pair.isLeft = true;
        if (held.length > 0) server.write(Buffer.concat(held));
        client.destroy();
      }
      isHeld = false;
      isSealed = false;
    },
    async close() {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      listener.close();
    },
  };
}
