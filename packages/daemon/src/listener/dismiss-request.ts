import { constants, type ServerHttp2Stream } from 'node:http2';

/**
 * Lets go of the rest of a request after its answer: what has arrived is thrown away, and a client
 * that has not sent all of it is told to stop (RFC 9113, 8.1).
 */
export function dismissRequest(stream: ServerHttp2Stream): void {
  if (stream.readableEnded) return;
  // A paused stream would never notice its end, and never be freed.
  stream.resume();
  setImmediate(() => {
    if (!stream.readableEnded && !stream.closed) stream.close(constants.NGHTTP2_NO_ERROR);
  });
}
