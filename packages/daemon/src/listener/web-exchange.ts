import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  constants,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { CallHead } from '../call/exchange.ts';
import { type EndStatus, type Metadata, statusCode } from '../call/status.ts';
import { Base64Chunks } from '../wire/base64-chunks.ts';
import { encodeWebTrailers } from '../wire/encode-web-trailers.ts';
import { FrameWatch } from '../wire/frame-watch.ts';
import { resetStream } from '../wire/reset-stream.ts';
import type { ConnectionTraffic } from './connection-traffic.ts';
import { putStatus } from './put-status.ts';
import { ServerExchange, type ServerExchangeContext } from './server-exchange.ts';

/** What carries a call of gRPC-web. */
export interface WebCarrier {
  readonly request: IncomingMessage | Http2ServerRequest;
  readonly response: ServerResponse | Http2ServerResponse;
  /** Of an HTTP/2 connection. */
  readonly traffic?: ConnectionTraffic | undefined;
  /** Whether the bytes travel as base64 text. */
  readonly isText: boolean;
  /** Adds what a browser wants to see to the headers of an answer. */
  readonly cors: (headers: OutgoingHttpHeaders) => void;
}

/** One call in gRPC-web, in HTTP/1.1 or HTTP/2; to everybody else it is a call like any other. */
export class WebExchange extends ServerExchange {
  readonly #carrier: WebCarrier;
  readonly #text: Base64Chunks | undefined;
  /** Where the messages of the answer end. */
  readonly #answer = new FrameWatch(Number.POSITIVE_INFINITY);

  constructor(carrier: WebCarrier, head: CallHead, context: ServerExchangeContext) {
    super(head, context);
    this.#carrier = carrier;
    this.#text = carrier.isText ? new Base64Chunks() : undefined;
    const { request, response } = carrier;
    // An aborted stream with writes in it never closes by itself.
    request.on('aborted', () => {
      this.leave();
      this.reset();
    });
    request.on('error', () => {});
    response.on('error', () => {});
    response.on('close', () => this.close());
  }

  protected get isOpen(): boolean {
    const { request, response } = this.#carrier;
    if (response.writableEnded) return false;
    if ('stream' in request) return !request.stream.destroyed && !request.stream.closed;
    return !request.socket.destroyed;
  }

  get unreadBytes(): number {
    return this.#carrier.request.readableLength;
  }

  protected get unsentBytes(): number {
    const { response } = this.#carrier;
    const writable = 'stream' in response ? response.stream : response;
    return writable?.writableLength ?? 0;
  }

  protected readRequest(): void {
    const { request } = this.#carrier;
    request.on('data', (chunk: Buffer) => this.#takeChunk(chunk));
    request.on('end', () => {
      if (this.#text?.isWhole === false) this.refuse(malformed);
      else this.takeEnd();
    });
  }

  #takeChunk(chunk: Buffer): void {
    const { traffic } = this.#carrier;
    if (traffic !== undefined) traffic.dataBytes += chunk.length;
    const bytes = this.#text === undefined ? chunk : this.#text.push(chunk);
    if (bytes === undefined) this.refuse(malformed);
    else if (bytes.length > 0) this.takeData(bytes);
  }

  protected pauseRequest(): void {
    this.#carrier.request.pause();
  }

  protected resumeRequest(): void {
    this.#carrier.request.resume();
  }

  protected respond(initial: Metadata | undefined): boolean {
    const headers: OutgoingHttpHeaders = {};
    for (const name in initial) headers[name] = initial[name] as string | string[];
    return this.#sendHeaders(headers) && this.isOpen;
  }

  protected write(chunk: Uint8Array): boolean {
    this.#answer.push(chunk);
    const { response, isText } = this.#carrier;
    // Each piece is padded on its own, so that nothing waits for the next one.
    const piece = isText ? toBase64(chunk) : chunk;
    return (response as ServerResponse).write(piece);
  }

  protected onceDrain(listener: () => void): void {
    this.#carrier.response.once('drain', listener);
  }

  protected sendStatus(status: EndStatus): void {
    if (this.#sendHeaders(putStatus({}, status))) this.#carrier.response.end();
  }

  protected sendTrailers(status: EndStatus): void {
    // Behind half a message the client would take the trailers for the other half.
    if (!this.#answer.isBetween) {
      this.reset();
      return;
    }
    this.write(encodeWebTrailers(putStatus({}, status)));
    this.#carrier.response.end();
  }

  protected reset(): void {
    const { request } = this.#carrier;
    if ('stream' in request) resetStream(request.stream, constants.NGHTTP2_CANCEL);
    else request.socket.destroy();
  }

  #sendHeaders(headers: OutgoingHttpHeaders): boolean {
    const { request, response, cors } = this.#carrier;
    headers['content-type'] = request.headers['content-type'];
    cors(headers);
    try {
      // The two kinds of response differ in what else this may be given.
      (response as ServerResponse).writeHead(200, headers);
      return true;
    } catch {
      this.reset();
      return false;
    }
  }
}

function toBase64({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('base64');
}

const malformed: EndStatus = {
  code: statusCode.internal,
  message: 'malformed base64 in a request of gRPC-web text',
};
