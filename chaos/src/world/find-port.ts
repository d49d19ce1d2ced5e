import { createServer } from 'node:net';

const [first, last] = [12_000, 31_999];

/**
 * A free TCP port on 127.0.0.1 below those that the kernel gives to outgoing connections: nobody takes
 * it while its process is dead, and a client that tries again cannot end up connected to itself.
 */
export async function findPort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * (last - first));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
