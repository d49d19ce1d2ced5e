import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from 'node:http2';

/** What came of one call on the wire. */
export interface WireAnswer {
  /** A byte of a response message came. */
  readonly first: boolean;
  /** gRPC status; undefined when none came. */
  readonly status: number | undefined;
  readonly message: string;
  /** Response bytes, with their frames. */
  readonly body: Buffer;
  /** The client left before a status came. */
  readonly left: boolean;
  /** Never went out: there was no connection. */
  readonly unsent: boolean;
}

/** One call. */
export interface WireCall {
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array;
  /** The client keeps its side of the stream open. */
  readonly keepsOpen?: boolean;
  /** Leaves on the first byte of a response message. */
  readonly leaveOnFirst?: boolean;
  /** Leaves after so many milliseconds. */
  readonly leaveAfterMs?: number;
  /** Leaves when this is aborted. */
  readonly leaveOn?: AbortSignal;
}

/** A client that knows nothing but HTTP/2 and gRPC frames; connects again when it must. */
export interface WireClient {
  call(call: WireCall): Promise<WireAnswer>;
  close(): void;
}

/** Opens a client; the first call connects. */
export function createWireClient(endpoint: string): WireClient {
  let session: ClientHttp2Session | undefined;
  const getSession = () => {
    if (session === undefined || session.closed || session.destroyed) {
      const next = connect(endpoint, { settings: { initialWindowSize: 1 << 20 } });
      next.on('error', () => {});
      next.on('goaway', () => session === next && reset());
      next.on('close', () => session === next && reset());
      session = next;
    }
    return session;
  };
  const reset = () => {
    session = undefined;
  };
  return {
    call: (call) => send(getSession(), call),
    close() {
      session?.destroy();
    },
  };
}

function send(session: ClientHttp2Session, call: WireCall): Promise<WireAnswer> {
  const { path, headers, body = new Uint8Array(), keepsOpen, leaveOnFirst, leaveAfterMs } = call;
  const { leaveOn } = call;
  const stream = session.request(
    {
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc+proto',
      te: 'trailers',
      ...headers,
    },
    { endStream: false },
  );
  const chunks: Buffer[] = [];
  let fields: Record<string, unknown> = {};
  let left = false;
  const leave = () => {
    if (fields['grpc-status'] !== undefined || stream.closed) return;
    left = true;
    stream.close(constants.NGHTTP2_CANCEL);
  };
  leaveOn?.addEventListener('abort', leave);
  const timer = leaveAfterMs === undefined ? undefined : setTimeout(leave, leaveAfterMs);
  const read = (more: Record<string, unknown>) => {
    fields = { ...fields, ...more };
  };
  let isSent = !stream.pending;
  stream.once('ready', () => {
    isSent = true;
  });
  stream.on('response', read);
  stream.on('trailers', read);
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (leaveOnFirst === true) leave();
  });
  stream.on('error', () => {});
  const sent = frame(body);
  if (keepsOpen === true) stream.write(sent);
  else stream.end(sent);
  return new Promise((resolve) => {
    stream.on('close', () => {
      clearTimeout(timer);
      leaveOn?.removeEventListener('abort', leave);
      const status = fields['grpc-status'];
      resolve({
        first: chunks.length > 0,
        status: status === undefined ? undefined : Number(status),
        message: decodeURIComponent(String(fields['grpc-message'] ?? '')),
        body: Buffer.concat(chunks),
        left,
        unsent: !isSent,
      });
    });
  });
}

function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
