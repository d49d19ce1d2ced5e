import { performServerHandshake, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { ListenerContext } from './listener-options.ts';
import { serveStream } from './serve-stream.ts';

/** Speaks HTTP/2 on a socket whose preface has been seen but not taken. */
export function serveHttp2(socket: Socket, context: ListenerContext): ServerHttp2Session {
  const { counters, limits } = context;
  const peer = { address: socket.remoteAddress ?? '' };
  const session = performServerHandshake(socket, {
    settings: {
      initialWindowSize: limits.streamWindowBytes,
      maxConcurrentStreams: limits.maxStreamsPerConnection,
    },
    maxSessionMemory,
    // A gateway in front brings many clients on one connection, who cancel now and then.
    streamResetBurst: 5000,
    streamResetRate: 500,
  });
  session.setLocalWindowSize(limits.sessionWindowBytes);
  counters.sessions++;
  // The session destroys itself on errors; its streams tell their calls.
  session.on('error', () => {});
  session.on('close', () => {
    counters.sessions--;
  });
  session.on('stream', (stream, headers, _flags, rawHeaders) => {
    serveStream(stream, headers, rawHeaders, peer, context);
  });
  return session;
}

// Megabytes; the default of 10 refuses streams when many answers wait for slow clients.
const maxSessionMemory = 64;
