import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

interface Connection {
  readonly socket: Socket;
  readonly session: ServerHttp2Session;
  bytesRead: number;
  isAsked: boolean;
}

/** Finds connections that nobody is at the other end of. */
export interface ConnectionWatch {
  /** Watches a connection until it closes. */
  add(socket: Socket, session: ServerHttp2Session): void;
  stop(): void;
}

/**
 * Asks every HTTP/2 connection that has been silent for `intervalMs` for a sign of life (PING) and
 * destroys those that give none: clients that vanished or do not read, and those that `node:http2` has
 * sent away with a GOAWAY but keeps for as long as they like to stay.
 */
export function startConnectionWatch(options: {
  intervalMs: number;
  onDead: (socket: Socket) => void;
}): ConnectionWatch {
  const connections = new Set<Connection>();
  const timer = setInterval(() => {
    for (const connection of connections) {
      if (isDead(connection)) options.onDead(connection.socket);
    }
  }, options.intervalMs);
  timer.unref();
  return {
    add(socket, session) {
      const connection = { socket, session, bytesRead: socket.bytesRead, isAsked: false };
      connections.add(connection);
      socket.once('close', () => connections.delete(connection));
    },
    stop: () => clearInterval(timer),
  };
}

function isDead(connection: Connection): boolean {
  const { socket, session } = connection;
  if (socket.bytesRead !== connection.bytesRead) {
    connection.bytesRead = socket.bytesRead;
    connection.isAsked = session.destroyed;
    return false;
  }
  if (connection.isAsked) return true;
  // One that is closing is not asked: it may be quiet while its last calls run.
  if (session.closed && !session.destroyed) return false;
  connection.isAsked = true;
  if (!session.destroyed) session.ping(() => {});
  return false;
}
