import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import type { Fields, GatewayCall, WireMessage } from './gateway-transport.ts';
import { WireMessages } from './wire-messages.ts';

/** One call of gRPC on core streams. */
export class Http2Call implements GatewayCall {
  readonly headers: GatewayCall['headers'];
  readonly ended: GatewayCall['ended'];
  readonly #stream: ClientHttp2Stream;
  readonly #messages = new WireMessages();

  constructor(
    session: ClientHttp2Session,
    path: string,
    headers: Readonly<Record<string, string>>,
  ) {
    const stream = session.request(
      {
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      },
      { endStream: false },
    );
    this.#stream = stream;
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => this.#messages.push(chunk));
    stream.on('end', () => this.#messages.end());
    let fields: Fields = {};
    this.headers = new Promise((resolve) => {
      stream.once('response', (head) => {
        fields = head as Fields;
        resolve(fields);
      });
    });
    this.ended = new Promise((resolve) => {
      stream.once('trailers', (tail) => {
        fields = tail as Fields;
      });
      stream.once('close', () => {
        this.#messages.end();
        const status = fields['grpc-status'];
        resolve({
          status: status === undefined ? undefined : Number(status),
          message: decodeURIComponent(String(fields['grpc-message'] ?? '')),
          fields,
        });
      });
    });
  }

  async send(bytes: Uint8Array, { isCompressed = false } = {}): Promise<void> {
    const prefix = Buffer.alloc(5);
    prefix.writeUInt8(isCompressed ? 1 : 0);
    prefix.writeUInt32BE(bytes.length, 1);
    this.#stream.write(prefix);
    if (bytes.length === 0 || this.#stream.write(bytes)) return;
    await Promise.race([once(this.#stream, 'drain'), this.ended]);
  }

  end(): void {
    this.#stream.end();
  }

  cancel(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  next(): Promise<WireMessage | undefined> {
    return this.#messages.next();
  }
}
