import type { IncomingMessage } from 'node:http';
import { constants, type Http2ServerRequest, type ServerHttp2Stream } from 'node:http2';
import { resetStream } from '../wire/reset-stream.ts';

/** Cuts a request that is no call and stops in its middle: who waits for its rest does so without a payment. */
export function limitRequest(
  request: IncomingMessage | Http2ServerRequest,
  options: { requestMs: number },
): void {
  if ('stream' in request) {
    limitStream(request.stream, options);
    return;
  }
  const { socket } = request;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, options.requestMs);
  request.once('close', () => clearTimeout(timer));
}

/** The same for a stream of HTTP/2, which may take long but not pause. */
function limitStream(stream: ServerHttp2Stream, { requestMs }: { requestMs: number }): void {
  if (stream.readableEnded) return;
  stream.setTimeout(requestMs, () => {
    if (!stream.readableEnded) resetStream(stream, constants.NGHTTP2_CANCEL);
  });
}
