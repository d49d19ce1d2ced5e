import { createServer, type Server } from 'node:http';
import { answerHttp } from './answer-http.ts';
import type { ListenerContext } from './listener-options.ts';

/** An HTTP/1.1 server that gets its sockets by `emit('connection', socket)`; `close()` ends idle connections and those of its last answers. */
export function createHttp1Server(context: ListenerContext): Server {
  const { counters, ownServices, http1, onFault } = context;
  let isClosing = false;
  const server = createServer((request, response) => {
    response.once('finish', () => {
      if (isClosing) request.socket.end();
    });
    const path = request.url?.split('?', 1)[0] ?? '';
    if (ownServices.owns(path)) {
      counters.totalOwnRequests++;
      answerHttp(ownServices.handler, request, response, onFault);
    } else {
      counters.totalHttpRequests++;
      answerHttp(http1, request, response, onFault);
    }
  });
  // Starts the clock of its time-outs, which otherwise waits for a port of its own.
  server.emit('listening');
  server.once('close', () => {
    isClosing = true;
  });
  return server;
}
