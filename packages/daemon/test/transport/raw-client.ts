import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type ClientSessionOptions,
  connect,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
  type OutgoingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2';
import { encodeMessage, MessageQueue } from './messages.ts';

/** How a call ended for its client. */
export interface ClientEnd {
  /** `grpc-status` as it stands on the wire. */
  readonly status: string | undefined;
  /** `grpc-message` as it stands on the wire. */
  readonly message: string | undefined;
  /** The whole last header block. */
  readonly fields: IncomingHttpHeaders;
  /** Whether it came as trailers, after headers of their own. */
  readonly isTrailer: boolean;
  /** The code that the stream was closed with. */
  readonly resetCode: number;
}

/** One call as its client sees it. */
export class ClientCall {
  readonly stream: ClientHttp2Stream;
  readonly headers: Promise<IncomingHttpHeaders & IncomingHttpStatusHeader>;
  readonly responses = new MessageQueue();
  readonly ended: Promise<ClientEnd>;

  constructor(stream: ClientHttp2Stream, options: { read?: boolean } = {}) {
    this.stream = stream;
    stream.on('error', () => {});
    this.headers = new Promise((resolve) => stream.once('response', resolve));
    this.ended = new Promise((resolve) => {
      let head: IncomingHttpHeaders = {};
      let tail: IncomingHttpHeaders | undefined;
      stream.once('response', (fields) => {
        head = fields;
      });
      stream.once('trailers', (fields) => {
        tail = fields;
      });
      stream.once('close', () => {
        const fields = tail ?? head;
        const [status, message] = [fields['grpc-status'], fields['grpc-message']];
        resolve({
          status: status as string | undefined,
          message: message as string | undefined,
          fields,
          isTrailer: tail !== undefined,
          resetCode: stream.rstCode,
        });
      });
    });
    if (options.read !== false) this.read();
  }

  read(): void {
    this.stream.on('data', (chunk: Buffer) => this.responses.push(chunk));
    this.stream.on('end', () => this.responses.end());
    this.stream.on('close', () => this.responses.end());
  }

  send(content: string | Uint8Array): boolean {
    return this.stream.write(encodeMessage(content));
  }

  end(content?: string | Uint8Array): void {
    if (content === undefined) this.stream.end();
    else this.stream.end(encodeMessage(content));
  }
}

/** A client on core streams. */
export interface RawClient {
  readonly session: ClientHttp2Session;
  call(path?: string, headers?: OutgoingHttpHeaders, options?: { read?: boolean }): ClientCall;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Connects a client. */
export async function connectRawClient(
  endpoint: string,
  options: ClientSessionOptions | SecureClientSessionOptions = {},
): Promise<RawClient> {
  const session = connect(endpoint, { maxSessionMemory: 100, ...options });
  session.on('error', () => {});
  await once(session, 'connect');
  return {
    session,
    call(path = '/test.Service/Call', headers = {}, callOptions = {}) {
      const fields = {
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      };
      return new ClientCall(session.request(fields, { endStream: false }), callOptions);
    },
    async [Symbol.asyncDispose]() {
      if (session.destroyed) return;
      session.destroy();
      await once(session, 'close');
    },
  };
}
