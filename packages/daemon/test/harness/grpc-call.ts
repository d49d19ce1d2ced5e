import { once } from 'node:events';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import { tlsTexts } from '../store/etcd/tls.ts';

/** What a call came to. */
export interface GrpcAnswer {
  /** Undefined when the stream ended without a status. */
  readonly status: number | undefined;
  readonly message: string;
  /** Message payloads, without their frames. */
  readonly messages: readonly Buffer[];
}

/** A client that knows nothing but HTTP/2 and gRPC frames. */
export interface RawGrpcClient {
  call(path: string, headers: OutgoingHttpHeaders, body: Uint8Array): Promise<GrpcAnswer>;
  close(): Promise<void>;
}

/** Connects to a daemon; several calls share the session. */
export async function connectRaw(endpoint: string): Promise<RawGrpcClient> {
  // Daemons of tests that speak TLS all have the same certificate.
  const session = connect(endpoint, endpoint.startsWith('https:') ? { ca: tlsTexts.cert } : {});
  session.on('error', () => {});
  await once(session, 'connect');
  return {
    call: (path, headers, body) => call(session, path, headers, body),
    async close() {
      if (session.closed || session.destroyed) return;
      const closed = once(session, 'close');
      session.close();
      await closed;
    },
  };
}

function call(
  session: ClientHttp2Session,
  path: string,
  headers: OutgoingHttpHeaders,
  body: Uint8Array,
): Promise<GrpcAnswer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...headers,
  });
  const chunks: Buffer[] = [];
  let fields: Record<string, unknown> = {};
  const read = (more: Record<string, unknown>) => {
    fields = { ...fields, ...more };
  };
  stream.on('response', read);
  stream.on('trailers', read);
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('error', () => {});
  stream.end(frame(body));
  return new Promise((resolve) => {
    stream.on('close', () => {
      const status = fields['grpc-status'];
      resolve({
        status: status === undefined ? undefined : Number(status),
        message: decodeURIComponent(String(fields['grpc-message'] ?? '')),
        messages: unframe(Buffer.concat(chunks)),
      });
    });
  });
}

/** One message in its gRPC frame. */
export function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function unframe(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt32BE(at + 1);
    messages.push(bytes.subarray(at + 5, end));
    at = end;
  }
  return messages;
}
