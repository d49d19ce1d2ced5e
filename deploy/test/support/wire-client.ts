import { once } from 'node:events';
import { connect, type OutgoingHttpHeaders } from 'node:http2';
import { fromFrames, toFrame } from './frames.ts';

/** What became of a call. */
export interface Answer {
  /** Undefined when nobody told one: the connection was lost, or a proxy answered. */
  readonly status: number | undefined;
  readonly message: string;
  readonly messages: readonly Buffer[];
}

/** A call that is under way. */
export interface OpenCall {
  send(message: Uint8Array): void;
  end(): void;
  /** The next message of the answer. */
  next(): Promise<Buffer>;
  readonly done: Promise<Answer>;
}

/** A client that knows nothing but HTTP/2 and gRPC frames. */
export interface WireClient {
  open(path: string, headers: OutgoingHttpHeaders): OpenCall;
  call(path: string, headers: OutgoingHttpHeaders, message: Uint8Array): Promise<Answer>;
  close(): void;
}

/** No call of a test takes longer: milliseconds. */
const callTimeoutMs = 30_000;

/** Connects to `https://` by the given certificate, or to `http://`; rejects when nobody answers. */
export async function connectWire(endpoint: string, ca?: string): Promise<WireClient> {
  const session = connect(endpoint, { ...(ca !== undefined && { ca }) });
  await once(session, 'connect');
  session.on('error', () => {});

  function open(path: string, headers: OutgoingHttpHeaders): OpenCall {
    if (session.closed || session.destroyed) {
      const done = Promise.resolve({ status: undefined, message: 'gone', messages: [] });
      return { send() {}, end() {}, next: () => Promise.reject(new Error('gone')), done };
    }
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc+proto',
      te: 'trailers',
      ...headers,
    });
    const timer = setTimeout(() => stream.destroy(), callTimeoutMs);
    let fields: Record<string, unknown> = {};
    const read = (more: Record<string, unknown>) => {
      fields = { ...fields, ...more };
    };
    stream
      .on('response', read)
      .on('trailers', read)
      .on('error', () => {});
    const chunks: Buffer[] = [];
    const look = new Set<() => void>();
    let taken = 0;
    stream.on('data', (chunk) => {
      chunks.push(chunk);
      for (const one of look) one();
    });
    const done = new Promise<Answer>((resolve) => {
      stream.on('close', () => {
        clearTimeout(timer);
        const status = fields['grpc-status'];
        resolve({
          status: status === undefined ? undefined : Number(status),
          message: decodeURIComponent(String(fields['grpc-message'] ?? fields[':status'] ?? '')),
          messages: fromFrames(Buffer.concat(chunks)),
        });
        for (const one of look) one();
      });
    });
    return {
      send: (message) => void stream.write(toFrame(message)),
      end: () => void stream.end(),
      next: () =>
        new Promise((resolve, reject) => {
          const one = () => {
            const message = fromFrames(Buffer.concat(chunks))[taken];
            if (message === undefined && !stream.closed) return;
            look.delete(one);
            taken += 1;
            if (message === undefined)
              reject(new Error(`the stream ended: ${JSON.stringify(fields)}`));
            else resolve(message);
          };
          look.add(one);
          one();
        }),
      done,
    };
  }

  return {
    open,
    call(path, headers, message) {
      const call = open(path, headers);
      call.send(message);
      call.end();
      return call.done;
    },
    close: () => session.destroy(),
  };
}
