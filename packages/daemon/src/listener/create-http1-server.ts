import { createServer, type Server } from 'node:http';
import { finishRequest } from './finish-request.ts';
import type { ListenerContext } from './listener-options.ts';
import { serveHttp } from './serve-http.ts';

/** An HTTP/1.1 server that gets its sockets by `emit('connection', socket)`; `close()` ends idle connections and those of its last answers. */
export function createHttp1Server(context: ListenerContext): Server {
  let isClosing = false;
  const { limits } = context;
  const times = {
    headersTimeout: limits.firstBytesMs,
    // Calls have their own times; what is not a call is cut by serveHttp.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(limits.firstBytesMs, 5_000),
  };
  const server = createServer(times, (request, response) => {
    // A request that was given up has none any more.
    const { socket } = request;
    response.once('finish', () => {
      if (isClosing) socket.end();
      else finishRequest(request, socket);
    });
    serveHttp({ request, response, peer: { address: socket.remoteAddress ?? '' } }, context);
  });
  // Starts the clock of its time-outs, which otherwise waits for a port of its own.
  server.emit('listening');
  server.once('close', () => {
    isClosing = true;
  });
  return server;
}
