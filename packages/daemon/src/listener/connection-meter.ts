import { constants, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { Peer } from '../call/exchange.ts';
import type { ConnectionTraffic } from './connection-traffic.ts';
import type { ListenerLimits } from './listener-options.ts';
import type { ServerExchange } from './server-exchange.ts';

interface Connection extends MeteredConnection {
  readonly last: { read: number; written: number; data: number; streams: number; cut: number };
  /** Bytes that it may still send for nothing. */
  balance: number;
  /** When it last had a stream; milliseconds of `performance.now()`. */
  usedAt: number;
}

/** What is metered. */
export interface MeteredConnection {
  readonly socket: Socket;
  readonly session: ServerHttp2Session;
  readonly traffic: ConnectionTraffic;
  /** The same object in the heads of its calls. */
  readonly peer: Peer;
}

/** Finds connections that send much and say nothing. */
export interface ConnectionMeter {
  /** Meters a connection until it closes. */
  add(connection: MeteredConnection): void;
  stop(): void;
}

/**
 * Weighs what each HTTP/2 connection sends against what it carries, and destroys those that flood:
 * frames such as WINDOW_UPDATE, PRIORITY, PING, SETTINGS, CONTINUATION and empty DATA, which
 * `node:http2` shows nobody, are bytes that came and that no stream, message or answer accounts for.
 * Nothing is done per frame, so that calls cost what they did.
 */
export function startConnectionMeter(options: {
  limits: ListenerLimits;
  exchanges: ReadonlySet<ServerExchange>;
  onFlood: () => void;
}): ConnectionMeter {
  const { limits, onFlood } = options;
  const connections = new Set<Connection>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) {
      sendAwayIdle(connection, now, limits);
      weigh(connection, limits);
      if (connection.balance >= 0 || isWaiting(connection, options)) continue;
      connections.delete(connection);
      onFlood();
      // Says why (GOAWAY) and cuts: sent away only, some stay for as long as they like.
      connection.session.destroy(constants.NGHTTP2_ENHANCE_YOUR_CALM as never);
    }
  }, intervalMs);
  timer.unref();
  return {
    add(metered) {
      const last = { read: 0, written: 0, data: 0, streams: 0, cut: 0 };
      const [balance, usedAt] = [limits.idleBytes, performance.now()];
      const connection = { ...metered, last, balance, usedAt };
      connections.add(connection);
      metered.socket.once('close', () => connections.delete(connection));
    },
    stop: () => clearInterval(timer),
  };
}

function sendAwayIdle(
  connection: Connection,
  now: number,
  { idleMs, firstBytesMs }: ListenerLimits,
): void {
  const { session, traffic, last } = connection;
  const isUsed = traffic.openStreams > 0 || traffic.streams !== last.streams;
  if (isUsed) connection.usedAt = now;
  const idleFor = now - connection.usedAt;
  if (idleFor > idleMs && !session.closed) session.close();
  // Half of a header block keeps a session from closing.
  else if (idleFor > idleMs + firstBytesMs) session.destroy();
}

function weigh(connection: Connection, limits: ListenerLimits): void {
  const { socket, traffic, last } = connection;
  const read = socket.bytesRead;
  const written = socket.bytesWritten;
  const earned =
    (limits.idleBytes * intervalMs) / 4000 +
    // Header fields, and the frames that go with every stream.
    bytesPerStream * (traffic.streams - last.streams) +
    // What was on its way when a stream was cut is read by nobody.
    limits.streamWindowBytes * (traffic.cutStreams - last.cut) +
    // A message of one byte comes in a frame of fifteen.
    4 * (traffic.dataBytes - last.data) +
    // Whoever reads sends WINDOW_UPDATE.
    (written - last.written) / 8;
  const balance = connection.balance + earned - (read - last.read);
  connection.balance = Math.min(balance, limits.sessionWindowBytes);
  Object.assign(last, { read, written, data: traffic.dataBytes });
  Object.assign(last, { streams: traffic.streams, cut: traffic.cutStreams });
}

/** Whether what was sent for nothing, as it seems, is only not read yet. */
function isWaiting(
  { balance, peer, traffic }: Connection,
  options: { limits: ListenerLimits; exchanges: ReadonlySet<ServerExchange> },
): boolean {
  let calls = 0;
  let waiting = 0;
  for (const exchange of options.exchanges) {
    if (exchange.head.peer !== peer) continue;
    calls++;
    waiting += exchange.unreadBytes;
  }
  const others = Math.max(0, traffic.openStreams - calls);
  return balance + waiting + others * options.limits.streamWindowBytes >= 0;
}

const intervalMs = 500;
const bytesPerStream = 16 * 1024;
