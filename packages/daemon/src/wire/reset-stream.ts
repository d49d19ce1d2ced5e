import type { Http2Stream } from 'node:http2';

/**
 * Resets a stream with an HTTP/2 error code and makes sure that it is freed: left alone, a stream of
 * `node:http2` whose peer closed it while it was written to waits for those writes forever.
 */
export function resetStream(stream: Http2Stream, code: number): void {
  stream.close(code);
  setImmediate(() => stream.destroy());
}
