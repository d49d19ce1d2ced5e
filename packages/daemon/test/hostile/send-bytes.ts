import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from 'node:http2';

/** What a request came to. */
export interface RawAnswer {
  /** Undefined when the stream ended without a status. */
  readonly status: number | undefined;
  readonly message: string;
  /** Whether a message came. */
  readonly hasMessage: boolean;
}

/** Sends request bodies byte by byte as they are given, well-formed or not. */
export interface ByteSender {
  send(path: string, body: Uint8Array, headers?: OutgoingHttpHeaders): Promise<RawAnswer>;
  /** Connections that were made until now. */
  readonly connections: number;
  close(): void;
}

/** Connects to a daemon, and again when it has enough of the connection. */
export function createByteSender(endpoint: string): ByteSender {
  let session: ClientHttp2Session | undefined;
  let connections = 0;

  async function getSession(): Promise<ClientHttp2Session> {
    if (session !== undefined && !session.closed && !session.destroyed) return session;
    // Megabytes: what a daemon does not take must not stop this side.
    session = connect(endpoint, { maxSessionMemory: 1_000 });
    connections += 1;
    session.on('error', () => {});
    await once(session, 'connect');
    return session;
  }

  return {
    async send(path, body, headers = {}) {
      const stream = (await getSession()).request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      });
      let fields: Record<string, unknown> = {};
      let hasMessage = false;
      const read = (more: Record<string, unknown>) => {
        fields = { ...fields, ...more };
      };
      stream.on('response', read);
      stream.on('trailers', read);
      stream.on('data', () => {
        hasMessage = true;
        // A watcher's stream does not end by itself: its first answer is enough.
        if (path.endsWith('/Watch')) stream.close(constants.NGHTTP2_CANCEL);
      });
      stream.on('error', () => {});
      stream.end(body);
      await once(stream, 'close').catch(() => {});
      const status = fields['grpc-status'];
      return {
        status: status === undefined ? undefined : Number(status),
        message: decodeURIComponent(String(fields['grpc-message'] ?? '')),
        hasMessage,
      };
    },
    get connections() {
      return connections;
    },
    close: () => session?.destroy(),
  };
}
