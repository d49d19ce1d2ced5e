import type { ServerHttp2Session } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { BaseError } from '@snetkit/core';
import { createAddressCaps } from './address-caps.ts';
import { startConnectionMeter } from './connection-meter.ts';
import { createConnectionTraffic } from './connection-traffic.ts';
import { startConnectionWatch } from './connection-watch.ts';
import { defaultCors } from './cors.ts';
import { createHttp1Server } from './create-http1-server.ts';
import { createTlsServer } from './create-tls-server.ts';
import { startHoldWatch } from './hold-watch.ts';
import { createListenerCounters, type ListenerCounters } from './listener-counters.ts';
import { defaultLimits, type ListenerContext, type ListenerOptions } from './listener-options.ts';
import { serveHttp2 } from './serve-http2.ts';
import { createSilentCalls } from './silent-calls.ts';
import { type Protocol, sniffProtocol } from './sniff-protocol.ts';
import type { TlsSettings } from './tls-settings.ts';

/** A port that takes calls. */
export interface Listener {
  /** `http://127.0.0.1:8080`. */
  readonly endpoint: string;
  readonly port: number;
  readonly counters: Readonly<ListenerCounters>;
  /** Changes what new connections are shown; only for a listener that was started with TLS. */
  setTls(settings: TlsSettings): void;
  /**
   * Takes no new connections and calls (GOAWAY), waits at most `graceMs` for those that run, then cuts
   * what is left. Resolves when every socket is closed, with how many calls were cut.
   */
  close(options: { graceMs: number }): Promise<number>;
}

/**
 * Opens the daemon's port: HTTP/2 for gRPC, HTTP/1.1 for the rest, told apart by the first bytes of a
 * connection (daemon.md, 7.2), with TLS or without. gRPC-web is undone here, before anybody else sees a call.
 *
 * @throws BaseError when the port cannot be had
 */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { host, port, cors = defaultCors, onFault = () => {} } = options;
  const { counters = createListenerCounters() } = options;
  const limits = { ...defaultLimits, ...options.limits };
  let onLess = () => {};
  const context: ListenerContext = {
    ...options,
    cors,
    counters,
    onFault,
    limits,
    onLess: () => onLess(),
    exchanges: new Set(),
    addressCaps: createAddressCaps(limits),
    silentCalls: createSilentCalls({
      max: limits.maxSilentCalls,
      onGivenUp() {
        counters.silentCalls++;
      },
    }),
  };
  const sockets = new Set<Socket>();
  const unknown = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  const http1 = createHttp1Server(context);
  const watch = startConnectionWatch({
    intervalMs: limits.keepAliveMs,
    onDead(socket) {
      counters.destroyedConnections++;
      socket.destroy();
    },
  });
  const meter = startConnectionMeter({
    limits,
    exchanges: context.exchanges,
    onFlood() {
      counters.destroyedConnections++;
    },
  });
  const holdWatch = startHoldWatch({
    limits,
    exchanges: context.exchanges,
    onCut() {
      counters.cutCalls++;
    },
  });

  const tls =
    options.tls &&
    createTlsServer({
      settings: options.tls,
      handshakeMs: limits.firstBytesMs,
      onSecure(socket, plain) {
        unknown.delete(plain);
        hold(socket);
        sniff(socket, serve);
      },
      onFailure() {
        counters.failedHandshakes++;
      },
    });

  function accept(socket: Socket): void {
    const { addressCaps } = context;
    const { remoteAddress = '' } = socket;
    const { connections, maxConnections } = addressCaps.of(remoteAddress);
    if (connections >= maxConnections) {
      counters.refusedConnections++;
      socket.destroy();
      return;
    }
    const leave = addressCaps.connect(remoteAddress);
    counters.sockets++;
    socket.once('close', () => {
      counters.sockets--;
      leave();
    });
    hold(socket);
    sniff(socket, (_, protocol, firstBytes) => {
      if (tls === undefined) serve(socket, protocol);
      else if (protocol === 'tls') tls.take(socket, firstBytes);
      else refusePlain(socket);
    });
  }

  function hold(socket: Socket): void {
    sockets.add(socket);
    unknown.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      unknown.delete(socket);
      context.onLess();
    });
    // Some peers never close what the other end has closed.
    socket.once('finish', () => setTimeout(() => socket.destroy(), farewellMs).unref());
  }

  function sniff(
    socket: Socket,
    onProtocol: (socket: Socket, protocol: Protocol, firstBytes: Buffer) => void,
  ): void {
    sniffProtocol(socket, {
      timeoutMs: limits.firstBytesMs,
      onProtocol: (protocol, firstBytes) => onProtocol(socket, protocol, firstBytes),
    });
  }

  function serve(socket: Socket, protocol: Protocol): void {
    unknown.delete(socket);
    if (protocol !== 'http/2') {
      // What else it may be is told that it is no HTTP.
      http1.emit('connection', socket);
      return;
    }
    // Only HTTP/1.1 answers a client that has closed its half.
    socket.allowHalfOpen = false;
    const traffic = createConnectionTraffic();
    const peer = { address: socket.remoteAddress ?? '' };
    const address = context.addressCaps.of(peer.address);
    const session = serveHttp2(socket, { peer, traffic, address }, context);
    meter.add({ socket, session, peer, traffic });
    sessions.add(session);
    socket.once('close', () => sessions.delete(session));
    watch.add(socket, session);
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  server.maxConnections = limits.maxConnections;
  const address = await listen(server, host, port);

  return {
    endpoint: `${tls === undefined ? 'http' : 'https'}://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    counters,
    setTls: (settings) => tls?.set(settings),
    async close({ graceMs }) {
      server.close();
      for (const socket of unknown) socket.destroy();
      http1.close();
      for (const session of sessions) session.close();
      const isIdle = () => sockets.size === 0 && counters.calls === 0;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        onLess = () => {
          if (!isIdle()) return;
          clearTimeout(timer);
          resolve();
        };
        onLess();
      });
      const cutCalls = counters.calls;
      for (const session of sessions) session.destroy();
      const closed = [...sockets].map(
        (socket) => new Promise((resolve) => socket.once('close', resolve)),
      );
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
      watch.stop();
      meter.stop();
      holdWatch.stop();
      return cutCalls;
    },
  };
}

// Enough for the last bytes to be read.
const farewellMs = 1000;

/** Tells who speaks without TLS, in words that most clients show, to speak with it. */
function refusePlain(socket: Socket): void {
  socket.resume();
  socket.end(
    'HTTP/1.0 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n\r\nThis port speaks TLS: use https://\n',
  );
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new BaseError('DAEMON_LISTEN_FAILED', 'The daemon cannot listen for calls.', {
          place: 'daemon_endpoint',
          found: cause.message,
          hint: 'Choose another port for daemon_endpoint, or end the program that has this one.',
          cause,
        }),
      );
    });
    server.listen({ host, port }, () => resolve(server.address() as AddressInfo));
  });
}
