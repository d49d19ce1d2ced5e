import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Lets go of the rest of a request of HTTP/1.1 after its answer. What is on its way is thrown away, so
 * that the connection can be used again; who goes on for too long loses the connection instead.
 */
export function finishRequest(request: IncomingMessage, socket: Socket): void {
  if (request.complete) return;
  let left = maxBytes;
  // Closes this half only: an answer that was not read yet would be lost with the other.
  const hangUp = () => socket.end();
  // Whoever read it gave up in the middle; nothing can find its end any more.
  if (request.destroyed) {
    hangUp();
    return;
  }
  const timer = setTimeout(hangUp, maxMs);
  timer.unref();
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) hangUp();
  });
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  // Whoever has iterated over the request waits for more and keeps it from flowing.
  request.removeAllListeners('readable');
  setImmediate(() => request.resume());
}

const maxBytes = 256 * 1024;
const maxMs = 500;
