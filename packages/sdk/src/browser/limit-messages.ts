import { Code, ConnectError } from '@connectrpc/connect';

/** One byte of flags and four of length stand before each message of gRPC-web. */
const headBytes = 5;

/**
 * A `fetch` whose answers end with an error as soon as one announces a message that is too long, as the
 * transports of Node do; the message is not read. Other answers than gRPC-web pass as they are.
 */
export function limitMessages(ask: typeof fetch, maxBytes: number): typeof fetch {
  return async (...request) => {
    const response = await ask(...request);
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null || !/^application\/grpc-web(\+(proto|json))?\b/.test(type))
      return response;
    const body = response.body.pipeThrough(new TransformStream(followMessages(maxBytes)));
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  };
}

function followMessages(maxBytes: number): Transformer<Uint8Array, Uint8Array> {
  const head = new Uint8Array(headBytes);
  let headFill = 0;
  let missing = 0;
  return {
    transform(chunk, controller) {
      for (let at = 0; at < chunk.length; ) {
        if (missing > 0) {
          const part = Math.min(missing, chunk.length - at);
          missing -= part;
          at += part;
          continue;
        }
        const part = chunk.subarray(at, at + headBytes - headFill);
        head.set(part, headFill);
        headFill += part.length;
        at += part.length;
        if (headFill < headBytes) break;
        headFill = 0;
        missing = new DataView(head.buffer).getUint32(1);
        if (missing > maxBytes) return controller.error(tooLong(missing, maxBytes));
      }
      controller.enqueue(chunk);
    },
  };
}

function tooLong(bytes: number, maxBytes: number): ConnectError {
  const message = `message size ${bytes} is larger than configured readMaxBytes ${maxBytes}`;
  return new ConnectError(message, Code.ResourceExhausted);
}
