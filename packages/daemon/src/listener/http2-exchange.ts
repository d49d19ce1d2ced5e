import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { CallHead } from '../call/exchange.ts';
import type { EndStatus, Metadata } from '../call/status.ts';
import { resetStream } from '../wire/reset-stream.ts';
import type { ConnectionTraffic } from './connection-traffic.ts';
import { dismissRequest } from './dismiss-request.ts';
import { putStatus } from './put-status.ts';
import { ServerExchange, type ServerExchangeContext } from './server-exchange.ts';

/** One gRPC call on one HTTP/2 stream of a client. */
export class Http2Exchange extends ServerExchange {
  readonly #stream: ServerHttp2Stream;

  readonly #traffic: ConnectionTraffic;

  constructor(
    stream: ServerHttp2Stream,
    head: CallHead,
    context: ServerExchangeContext,
    traffic: ConnectionTraffic,
  ) {
    super(head, context);
    this.#stream = stream;
    this.#traffic = traffic;
    stream.on('aborted', () => {
      this.leave();
      this.reset();
    });
  }

  protected get isOpen(): boolean {
    return !this.#stream.destroyed && !this.#stream.closed;
  }

  get unreadBytes(): number {
    return this.#stream.readableLength;
  }

  protected get unsentBytes(): number {
    return this.#stream.writableLength;
  }

  protected readRequest(): void {
    // A request without a message ends by itself, and who listens later does not hear of it.
    if (this.#stream.readableEnded) setImmediate(() => this.takeEnd());
    this.#stream.on('data', (chunk: Buffer) => {
      this.#traffic.dataBytes += chunk.length;
      this.takeData(chunk);
    });
    this.#stream.on('end', () => this.takeEnd());
  }

  protected pauseRequest(): void {
    this.#stream.pause();
  }

  protected resumeRequest(): void {
    this.#stream.resume();
  }

  protected respond(initial: Metadata | undefined): boolean {
    const headers = this.#openHeaders();
    for (const name in initial) headers[name] = initial[name] as string | string[];
    try {
      this.#stream.respond(headers, withTrailers);
    } catch {
      this.reset();
      return false;
    }
    return this.isOpen;
  }

  protected write(chunk: Uint8Array): boolean {
    return this.#stream.write(chunk);
  }

  protected onceDrain(listener: () => void): void {
    this.#stream.once('drain', listener);
  }

  protected sendStatus(status: EndStatus): void {
    const headers = putStatus(this.#openHeaders(), status);
    this.#sendLast(() => this.#stream.respond(headers, withoutBody));
  }

  protected sendTrailers(status: EndStatus): void {
    this.#stream.once('wantTrailers', () => {
      this.#sendLast(() => this.#stream.sendTrailers(putStatus({}, status)));
    });
    this.#stream.end();
  }

  protected reset(): void {
    resetStream(this.#stream, constants.NGHTTP2_CANCEL);
  }

  // The content-subtype of an answer is that of its request.
  #openHeaders(): OutgoingHttpHeaders {
    return { ':status': 200, 'content-type': this.head.metadata['content-type'] as string };
  }

  /** Sends the last header fields, and dismisses a client that has not sent its whole request. */
  #sendLast(send: () => void): void {
    try {
      send();
      dismissRequest(this.#stream);
    } catch {
      this.reset();
    }
  }
}

// node:http2 adds a date otherwise; it is not in the types.
const withTrailers = { waitForTrailers: true, sendDate: false };
const withoutBody = { endStream: true, sendDate: false };
