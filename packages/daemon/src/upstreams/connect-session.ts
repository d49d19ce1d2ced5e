import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { BaseError } from '@snetkit/core';

/** Where to connect, and with which windows. */
export interface ConnectOptions {
  /** `http://host:port` for HTTP/2 with prior knowledge, `https://host:port` for TLS with the system's roots. */
  readonly endpoint: URL;
  /** PEM certificates to trust instead of the system's roots. */
  readonly ca?: string | undefined;
  /** PEM certificate of this side and its key, for a peer that asks who it is. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Milliseconds until the peer has sent its settings. */
  readonly connectTimeoutMs: number;
  /** Bytes that a peer may send on one stream before they are read. */
  readonly streamWindowBytes: number;
  /** The same for all streams of a session together. */
  readonly sessionWindowBytes: number;
}

/** What becomes of a session. */
export interface SessionEvents {
  /** The peer has sent its settings; `limit` is how many streams it allows at once. */
  onReady(session: ClientHttp2Session, limit: number): void;
  onLimit(limit: number): void;
  /** The peer takes no new streams (GOAWAY). */
  onDraining(): void;
  /** Gone for good; before `onReady`: the connection failed, and this is why. */
  onClosed(cause: unknown): void;
}

/** Opens one HTTP/2 session, with a deadline. Every failure comes as `onClosed`, later. */
export function connectSession(
  options: ConnectOptions,
  events: SessionEvents,
): { close: () => Promise<void> } {
  const { endpoint, connectTimeoutMs, streamWindowBytes, sessionWindowBytes } = options;
  // The socket is kept: a session does not give up a socket that never connects, nor one that never closes.
  const socket = endpoint.protocol === 'https:' ? openTls(options) : openTcp(endpoint);
  socket.setKeepAlive(true, keepAliveMs);
  // A session that has ended waits for the peer to close, and some never do.
  socket.once('finish', () => setTimeout(() => socket.destroy(), farewellMs).unref());
  const session = connectHttp2(endpoint, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: streamWindowBytes },
    maxSessionMemory,
  });
  let failure: unknown;
  let isReady = false;
  const deadline = setTimeout(() => {
    socket.destroy(
      new BaseError(
        'UPSTREAM_UNREACHABLE',
        `no HTTP/2 session with ${endpoint.host} within ${connectTimeoutMs} ms`,
      ),
    );
  }, connectTimeoutMs);

  // After the session has taken the socket: one without a handle would end the process.
  socket.once('secureConnect', () => {
    if (session.alpnProtocol === 'h2') return;
    const fault = `${endpoint.host} does not speak HTTP/2`;
    socket.destroy(new BaseError('UPSTREAM_UNREACHABLE', fault));
  });
  session.once('connect', () => {
    if (!session.destroyed) session.setLocalWindowSize(sessionWindowBytes);
  });
  session.on('remoteSettings', ({ maxConcurrentStreams = Number.POSITIVE_INFINITY }) => {
    if (isReady) return events.onLimit(maxConcurrentStreams);
    isReady = true;
    clearTimeout(deadline);
    events.onReady(session, maxConcurrentStreams);
  });
  session.once('goaway', () => events.onDraining());
  session.on('error', (error) => {
    failure ??= error;
  });
  const closed = new Promise<void>((resolve) => {
    session.once('close', () => {
      clearTimeout(deadline);
      socket.destroy();
      resolve();
      events.onClosed(
        failure ?? new BaseError('UPSTREAM_UNREACHABLE', `${endpoint.host} closed the connection`),
      );
    });
  });
  return {
    close() {
      session.destroy();
      // Last words get one turn to leave; a peer that does not read them cannot hold the socket.
      setTimeout(() => socket.destroy(), farewellMs).unref();
      return closed;
    },
  };
}

// Finds out that a host is gone when nothing else does; HTTP/2 pings would be too many for gRPC servers.
const keepAliveMs = 30_000;
const farewellMs = 100;
// Megabytes; the default of 10 refuses streams when many are held back by slow clients.
const maxSessionMemory = 256;

function openTcp(endpoint: URL): Socket {
  return connectTcp({ host: hostOf(endpoint), port: Number(endpoint.port || 80) });
}

function openTls({ endpoint, ca, cert, key }: ConnectOptions): Socket {
  const host = hostOf(endpoint);
  return connectTls({
    host,
    port: Number(endpoint.port || 443),
    ALPNProtocols: ['h2'],
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  });
}

// URL keeps IPv6 addresses in brackets.
function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
