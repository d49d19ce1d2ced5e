import { performServerHandshake, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { ListenerContext } from './listener-options.ts';
import { type Http2Connection, serveStream } from './serve-stream.ts';

/** Speaks HTTP/2 on a socket whose preface has been seen but not taken. */
export function serveHttp2(
  socket: Socket,
  connection: Http2Connection,
  context: ListenerContext,
): ServerHttp2Session {
  const { counters, limits } = context;
  const session = performServerHandshake(socket, {
    settings: {
      initialWindowSize: limits.streamWindowBytes,
      maxConcurrentStreams: limits.maxStreamsPerConnection,
    },
    maxSessionMemory,
    // A gateway in front brings many clients on one connection, who cancel now and then.
    streamResetBurst: 1000,
    streamResetRate: 200,
  });
  session.setLocalWindowSize(limits.sessionWindowBytes);
  counters.sessions++;
  // The session destroys itself on errors; its streams tell their calls.
  session.on('error', () => {});
  const greeting = setTimeout(() => session.destroy(), limits.firstBytesMs);
  session.once('remoteSettings', () => clearTimeout(greeting));
  session.on('close', () => {
    clearTimeout(greeting);
    counters.sessions--;
  });
  session.on('stream', (stream, headers, _flags, rawHeaders) => {
    serveStream(stream, headers, rawHeaders, connection, context);
  });
  return session;
}

// Megabytes; the default of 10 refuses streams when many answers wait for slow clients.
const maxSessionMemory = 64;
