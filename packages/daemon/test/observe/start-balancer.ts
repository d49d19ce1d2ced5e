import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A balancer of connections that goes by what `/readyz` says. */
export interface Balancer {
  readonly endpoint: string;
  /** Daemons that it asks; may be changed at any time. */
  readonly daemons: Set<string>;
  /** Those of them that were ready when they were asked last. */
  readonly ready: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Starts one that asks each daemon every 50 ms. */
export async function startBalancer(): Promise<Balancer> {
  const daemons = new Set<string>();
  const ready = new Set<string>();
  const sockets = new Set<Socket>();
  let turn = 0;
  async function ask(endpoint: string): Promise<void> {
    const answer = await fetch(`${endpoint}/readyz`).catch(() => undefined);
    await answer?.text().catch(() => '');
    if (answer?.status === 200 && daemons.has(endpoint)) ready.add(endpoint);
    else ready.delete(endpoint);
  }
  const timer = setInterval(() => {
    for (const endpoint of new Set([...daemons, ...ready])) void ask(endpoint);
  }, 50);
  const server = createServer((client) => {
    turn += 1;
    const targets = [...ready];
    const target = targets[turn % targets.length];
    if (target === undefined) {
      client.destroy();
      return;
    }
    const daemon = connect(Number(new URL(target).port), '127.0.0.1');
    for (const socket of [client, daemon]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(daemon).pipe(client);
    client.on('close', () => daemon.destroy());
    daemon.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    daemons,
    ready,
    async stop() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
