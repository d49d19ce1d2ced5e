import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { CallHead, Exchange, ForwardOptions } from '../call/exchange.ts';
import { type EndStatus, type Metadata, statusCode } from '../call/status.ts';
import type { Upstream, UpstreamCall, UpstreamReceiver } from '../upstreams/upstream.ts';
import { FrameWatch } from '../wire/frame-watch.ts';
import { resetStream } from '../wire/reset-stream.ts';
import { tooLarge } from '../wire/too-large.ts';
import { dismissRequest } from './dismiss-request.ts';
import { Latch } from './latch.ts';
import type { ListenerLimits } from './listener-options.ts';
import { putStatus } from './put-status.ts';

/** What all exchanges share. */
export interface ServerExchangeContext {
  readonly upstream: Upstream;
  readonly limits: Pick<ListenerLimits, 'maxMessageBytes' | 'lingerMs'>;
}

/** One gRPC call on one HTTP/2 stream of a client. */
export class ServerExchange implements Exchange, UpstreamReceiver {
  readonly head: CallHead;
  readonly #context: ServerExchangeContext;
  readonly #stream: ServerHttp2Stream;
  readonly #watch: FrameWatch;
  readonly #response = new Latch<'message' | 'left' | EndStatus>();
  readonly #done = new Latch<'left' | EndStatus>();
  #call: UpstreamCall | undefined;
  /** Until the answer: the deadline. After it: how long the client may take to read it. */
  #timer: NodeJS.Timeout | undefined;
  #left: AbortController | undefined;
  #initial: Metadata | undefined;
  /** Response bytes that are not released yet. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #upstreamEnd: EndStatus | undefined;
  #isReleased = false;
  #isBlocked = false;
  #isAnswered = false;
  #isGone = false;

  constructor(stream: ServerHttp2Stream, head: CallHead, context: ServerExchangeContext) {
    this.head = head;
    this.#context = context;
    this.#stream = stream;
    this.#watch = new FrameWatch(context.limits.maxMessageBytes);
    stream.on('aborted', () => {
      this.#leave();
      this.#reset();
    });
    if (head.deadline !== undefined) {
      const left = Math.max(0, Math.min(head.deadline - performance.now(), longestTimer));
      this.#timer = setTimeout(() => this.#expire(), left);
    }
  }

  get response(): Promise<'message' | 'left' | EndStatus> {
    return this.#response.promise;
  }

  get done(): Promise<'left' | EndStatus> {
    return this.#done.promise;
  }

  get ended(): EndStatus | undefined {
    return this.#upstreamEnd;
  }

  get left(): AbortSignal {
    if (this.#left === undefined) {
      this.#left = new AbortController();
      if (this.#isGone) this.#left.abort();
    }
    return this.#left.signal;
  }

  forward(options: ForwardOptions): void {
    if (this.#call !== undefined || this.#isGone || this.#isAnswered) return;
    const { path, metadata, deadline } = this.head;
    const request = { path, metadata, options, ...(deadline !== undefined && { deadline }) };
    this.#call = this.#context.upstream.open(request, this);
    if (this.#upstreamEnd !== undefined) return;
    this.#stream.on('data', (chunk: Buffer) => this.#onRequestData(chunk));
    this.#stream.on('end', () => this.#onRequestEnd());
  }

  release(): 'handed' | 'gone' {
    const stream = this.#stream;
    if (this.#isReleased) return 'handed';
    if (this.#isGone || this.#isAnswered || stream.destroyed || stream.closed) return 'gone';
    if (!this.#respond()) return 'gone';
    this.#isReleased = true;
    let isWritable = true;
    for (const chunk of this.#held) isWritable = stream.write(chunk);
    if (!isWritable) this.#awaitDrain();
    else this.#call?.resume();
    this.#held = [];
    if (this.#upstreamEnd !== undefined) this.#done.set(this.#upstreamEnd);
    return 'handed';
  }

  end(status: EndStatus): void {
    if (this.#isAnswered || this.#isGone) return;
    if (this.#upstreamEnd === undefined) this.#call?.cancel();
    this.#answer(status);
  }

  /** The client's stream is closed. */
  close(): void {
    this.#leave();
    clearTimeout(this.#timer);
  }

  onHeaders(metadata: Metadata): void {
    this.#initial = metadata;
  }

  onData(chunk: Uint8Array): void {
    if (this.#isReleased) {
      if (!this.#stream.write(chunk)) this.#awaitDrain();
      return;
    }
    // Trailers often arrive in the same read: with them in hand the call path need not treat the
    // call as a stream. They are there when the reads of this turn of the event loop are done.
    if (this.#held.length === 0) setImmediate(() => this.#response.set('message'));
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > holdBytes) this.#call?.pause();
  }

  onEnd(told: EndStatus): void {
    const status = this.#isClients(told) ? { ...told, isClients: true as const } : told;
    this.#upstreamEnd = status;
    if (this.#isReleased) this.#done.set(status);
    else this.#response.set(this.#held.length > 0 ? 'message' : status);
  }

  /**
   * Whether the client let the time run out: the service may see it a moment before this process does;
   * or a service ran out of time because the client does not read.
   */
  #isClients({ code }: EndStatus): boolean {
    if (code === statusCode.ok) return false;
    const isTimeout = code === statusCode.deadlineExceeded;
    if (isTimeout && this.#isBlocked) return true;
    const { deadline } = this.head;
    return deadline !== undefined && performance.now() >= deadline - (isTimeout ? clockSlackMs : 0);
  }

  onDrain(): void {
    if (this.#upstreamEnd === undefined) this.#stream.resume();
  }

  #onRequestData(chunk: Buffer): void {
    if (this.#call === undefined || this.#isAnswered || this.#isGone) return;
    if (this.#upstreamEnd !== undefined) return;
    const excess = this.#watch.push(chunk);
    if (excess !== undefined) {
      this.#call.cancel();
      const end = tooLarge(excess, this.#context.limits.maxMessageBytes);
      this.onEnd({ ...end, isClients: true });
    } else if (!this.#call.write(chunk)) this.#stream.pause();
  }

  #onRequestEnd(): void {
    // A stream that was reset ends, too.
    if (this.#isGone || this.#isAnswered || this.#upstreamEnd !== undefined) return;
    this.#call?.finish();
  }

  #awaitDrain(): void {
    if (this.#isBlocked) return;
    this.#isBlocked = true;
    this.#call?.pause();
    this.#stream.once('drain', () => {
      this.#isBlocked = false;
      this.#call?.resume();
    });
  }

  // The content-subtype of an answer is that of its request.
  #openHeaders(): OutgoingHttpHeaders {
    return { ':status': 200, 'content-type': this.head.metadata['content-type'] as string };
  }

  /** Sends the headers of the answer; trailers will follow. */
  #respond(): boolean {
    const headers = this.#openHeaders();
    for (const name in this.#initial) headers[name] = this.#initial[name] as string | string[];
    try {
      this.#stream.respond(headers, withTrailers);
    } catch {
      this.#reset();
      return false;
    }
    return !this.#stream.destroyed && !this.#stream.closed;
  }

  #answer(status: EndStatus): void {
    this.#isAnswered = true;
    clearTimeout(this.#timer);
    const stream = this.#stream;
    if (stream.destroyed || stream.closed) return;
    this.#timer = setTimeout(() => this.#reset(), this.#context.limits.lingerMs);
    if (!this.#isReleased && !this.#hasOwnInitial(status)) {
      const headers = putStatus(this.#openHeaders(), status);
      this.#send(() => stream.respond(headers, withoutBody));
    } else if (this.#isReleased || this.#respond()) {
      stream.once('wantTrailers', () => {
        this.#send(() => stream.sendTrailers(putStatus({}, status)));
      });
      stream.end();
    }
  }

  /** Whether the status is the upstream's own, which sent headers before it: they go out, too. */
  #hasOwnInitial(status: EndStatus): boolean {
    return this.#initial !== undefined && this.#upstreamEnd?.code === status.code;
  }

  /** Sends the last header fields, and dismisses a client that has not sent its whole request. */
  #send(last: () => void): void {
    try {
      last();
      dismissRequest(this.#stream);
    } catch {
      this.#reset();
    }
  }

  #reset(): void {
    resetStream(this.#stream, constants.NGHTTP2_CANCEL);
  }

  #expire(): void {
    if (this.#isAnswered || this.#isGone) return;
    this.#abandon();
    this.#answer({ code: statusCode.deadlineExceeded, message: 'context deadline exceeded' });
  }

  #leave(): void {
    if (!this.#isAnswered && !this.#isGone) this.#abandon();
  }

  #abandon(): void {
    this.#isGone = true;
    this.#held = [];
    if (this.#upstreamEnd === undefined) this.#call?.cancel();
    this.#response.set('left');
    this.#done.set('left');
    this.#left?.abort();
  }
}

/** Bytes of an answer that are held without asking the upstream to stop. */
const holdBytes = 64 * 1024;
const longestTimer = 2 ** 31 - 1;
/** So much sooner than this process may a service see that a deadline is over. */
const clockSlackMs = 100;

// node:http2 adds a date otherwise; it is not in the types.
const withTrailers = { waitForTrailers: true, sendDate: false };
const withoutBody = { endStream: true, sendDate: false };
