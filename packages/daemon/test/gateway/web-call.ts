import { once } from 'node:events';
import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Base64Chunks } from '../../src/wire/base64-chunks.ts';
import type { Fields, GatewayCall, WireMessage } from './gateway-transport.ts';
import { WireMessages } from './wire-messages.ts';

/** One call of gRPC-web over HTTP/1.1. */
export class WebCall implements GatewayCall {
  readonly headers: GatewayCall['headers'];
  readonly ended: GatewayCall['ended'];
  readonly #request: ClientRequest;
  readonly #isText: boolean;
  readonly #messages = new WireMessages();
  readonly #frames = new WireMessages();

  constructor(
    { agent, endpoint, isText }: { agent: Agent; endpoint: string; isText: boolean },
    path: string,
    headers: Readonly<Record<string, string>>,
  ) {
    const contentType = isText ? 'application/grpc-web-text' : 'application/grpc-web';
    this.#isText = isText;
    this.#request = request(new URL(path, endpoint), {
      agent,
      method: 'POST',
      headers: { 'content-type': contentType, 'x-grpc-web': '1', ...headers },
    });
    this.#request.flushHeaders();
    this.#request.setNoDelay(true);
    this.#request.on('error', () => this.#messages.end());
    const answer = new Promise<IncomingMessage>((resolve) => {
      this.#request.once('response', resolve);
    });
    this.headers = answer.then((it) => it.headers as Fields);
    this.ended = answer.then((it) => this.#read(it));
  }

  async #read(answer: IncomingMessage): GatewayCall['ended'] {
    const text = new Base64Chunks();
    let fields = answer.headers as Fields;
    answer.on('error', () => {});
    answer.on('data', (chunk: Buffer) => {
      const bytes = this.#isText ? text.push(chunk) : chunk;
      if (bytes !== undefined) this.#frames.push(bytes);
    });
    answer.once('close', () => this.#frames.end());
    for (let next = await this.#frames.next(); next; next = await this.#frames.next()) {
      // The flags say more than whether it is compressed; trailers have one of their own.
      if (next.flags === 0x80) fields = { ...fields, ...parseTrailers(next.bytes) };
      else this.#messages.pass(next);
    }
    this.#messages.end();
    const status = fields['grpc-status'];
    return {
      status: status === undefined ? undefined : Number(status),
      message: decodeURIComponent(String(fields['grpc-message'] ?? '')),
      fields,
    };
  }

  async send(bytes: Uint8Array, { isCompressed = false } = {}): Promise<void> {
    const prefix = Buffer.alloc(5);
    prefix.writeUInt8(isCompressed ? 1 : 0);
    prefix.writeUInt32BE(bytes.length, 1);
    const pieces = bytes.length === 0 ? [prefix] : [prefix, bytes];
    let isWritable = true;
    for (const piece of pieces) {
      // In pieces of its own, each padded: as long as one text it could not be.
      const encoded = this.#isText ? Buffer.from(piece).toString('base64') : piece;
      isWritable = this.#request.write(encoded);
    }
    if (!isWritable) await Promise.race([once(this.#request, 'drain'), this.ended]);
  }

  end(): void {
    this.#request.end();
  }

  cancel(): void {
    this.#request.destroy();
  }

  next(): Promise<WireMessage | undefined> {
    return this.#messages.next();
  }
}

function parseTrailers(bytes: Buffer): Fields {
  const lines = bytes.toString('latin1').trimEnd().split('\r\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name, value.join(': ')];
    }),
  );
}
