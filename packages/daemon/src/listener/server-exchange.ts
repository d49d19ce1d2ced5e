import type { CallHead, Exchange, ForwardOptions } from '../call/exchange.ts';
import { type EndStatus, type Metadata, statusCode } from '../call/status.ts';
import type { Upstream, UpstreamCall, UpstreamReceiver } from '../upstreams/upstream.ts';
import { FrameWatch } from '../wire/frame-watch.ts';
import { tooLarge } from '../wire/too-large.ts';
import { Latch } from './latch.ts';
import type { ListenerLimits } from './listener-options.ts';
import { RequestAhead } from './request-ahead.ts';
import type { SilentCalls } from './silent-calls.ts';

/** What all exchanges share. */
export interface ServerExchangeContext {
  readonly upstream: Upstream;
  readonly limits: Pick<ListenerLimits, 'maxMessageBytes' | 'lingerMs' | 'requestMs'>;
  /** Where exchanges are found as long as they are not closed. */
  readonly exchanges: Set<ServerExchange>;
  readonly silentCalls: SilentCalls;
}

/**
 * One call of a client, whatever carries it: what an answer may do, and when. Those who extend it move
 * the bytes; it is extended, not given a carrier, so that a call costs one object.
 */
export abstract class ServerExchange implements Exchange, UpstreamReceiver {
  readonly head: CallHead;
  readonly #context: ServerExchangeContext;
  readonly #watch: FrameWatch;
  readonly #response = new Latch<'message' | 'left' | EndStatus>();
  readonly #done = new Latch<'left' | EndStatus>();
  #call: UpstreamCall | undefined;
  /** What was read of the request before it is forwarded. */
  #ahead: RequestAhead | undefined;
  /** Until the answer: the deadline. After it: how long the client may take to read it. */
  #timer: NodeJS.Timeout | undefined;
  #left: AbortController | undefined;
  #initial: Metadata | undefined;
  /** Response bytes that are not released yet. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #upstreamEnd: EndStatus | undefined;
  #isReleased = false;
  /** Since when the client has not read; milliseconds of `performance.now()`. */
  #blockedAt: number | undefined;
  #isAnswered = false;
  #isGone = false;
  /** Whether the first message of the request is there, or need not be waited for. */
  #hasMessage = false;

  /** Whether an answer can still be written. */
  protected abstract readonly isOpen: boolean;
  /** Begins to give the request to {@link takeData} and {@link takeEnd}. */
  protected abstract readRequest(): void;
  protected abstract pauseRequest(): void;
  protected abstract resumeRequest(): void;
  /**
   * Sends the headers of an answer that has messages.
   * @returns false when they cannot be sent; the carrier is reset then
   */
  protected abstract respond(initial: Metadata | undefined): boolean;
  /** @returns false when the next bytes should wait for a drain */
  protected abstract write(chunk: Uint8Array): boolean;
  protected abstract onceDrain(listener: () => void): void;
  /** Answers with a status and nothing else. */
  protected abstract sendStatus(status: EndStatus): void;
  /** Ends an answer that has messages. */
  protected abstract sendTrailers(status: EndStatus): void;
  /** Cuts the call off. */
  protected abstract reset(): void;
  /** Bytes of the request that were not read yet. */
  abstract readonly unreadBytes: number;
  /** Bytes of the answer that were not sent yet. */
  protected abstract readonly unsentBytes: number;

  constructor(head: CallHead, context: ServerExchangeContext) {
    this.head = head;
    this.#context = context;
    this.#watch = new FrameWatch(context.limits.maxMessageBytes);
    context.exchanges.add(this);
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

  readFirst(): Promise<Uint8Array | 'left' | EndStatus> {
    if (this.#ahead === undefined) {
      this.#ahead = new RequestAhead();
      if (this.#isGone) this.#ahead.first.set('left');
      else this.#beginRequest();
      const { requestMs } = this.#context.limits;
      const timer = setTimeout(() => this.refuse(noMessage), requestMs);
      void this.#ahead.first.promise.then(() => clearTimeout(timer));
    }
    return this.#ahead.first.promise;
  }

  forward(options: ForwardOptions): void {
    if (this.#call !== undefined || !this.#takesRequest) return;
    const { path, metadata, deadline } = this.head;
    const request = { path, metadata, options, ...(deadline !== undefined && { deadline }) };
    this.#call = this.#context.upstream.open(request, this);
    if (this.#upstreamEnd !== undefined) return;
    if (this.#ahead === undefined) this.#beginRequest();
    else if (this.#ahead.passOn(this.#call)) this.resumeRequest();
  }

  #beginRequest(): void {
    this.#context.silentCalls.add(this);
    this.readRequest();
  }

  release(): 'handed' | 'gone' {
    if (this.#isReleased) return 'handed';
    if (this.#isGone || this.#isAnswered || !this.isOpen) return 'gone';
    if (!this.respond(this.#initial)) return 'gone';
    this.#isReleased = true;
    // Where the service speaks first, a client may take its time.
    this.#hearMessage();
    let isWritable = true;
    for (const chunk of this.#held) isWritable = this.write(chunk);
    if (!isWritable) this.#awaitDrain();
    else this.#call?.resume();
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#upstreamEnd !== undefined) this.#done.set(this.#upstreamEnd);
    return 'handed';
  }

  end(status: EndStatus): void {
    if (this.#isAnswered || this.#isGone) return;
    if (this.#upstreamEnd === undefined) this.#call?.cancel();
    this.#answer(status);
  }

  /** What carries the call is closed. */
  close(): void {
    this.leave();
    clearTimeout(this.#timer);
    this.#context.exchanges.delete(this);
  }

  /** Bytes that are kept for the call, as far as this process can tell. */
  get heldBytes(): number {
    return this.unreadBytes + this.unsentBytes + this.#heldBytes + (this.#call?.heldBytes ?? 0);
  }

  /** Milliseconds since when the client has left an answer unread. */
  stalledMs(now: number): number {
    return this.#blockedAt === undefined ? 0 : now - this.#blockedAt;
  }

  /** Ends a call whose client has not sent its first message, because too many are like it. */
  giveUpWaiting(): void {
    this.refuse(tooManySilent);
  }

  /** Treats the client as gone, because it keeps too much waiting. */
  cut(): void {
    this.#blockedAt = undefined;
    this.leave();
    this.reset();
  }

  onHeaders(metadata: Metadata): void {
    this.#initial = metadata;
  }

  onData(chunk: Uint8Array): void {
    if (this.#isReleased) {
      if (!this.write(chunk)) this.#awaitDrain();
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
    if (isTimeout && this.#blockedAt !== undefined) return true;
    const { deadline } = this.head;
    return deadline !== undefined && performance.now() >= deadline - (isTimeout ? clockSlackMs : 0);
  }

  onDrain(): void {
    if (this.#upstreamEnd !== undefined) return;
    const isAwaited = !this.#hasMessage && this.unreadBytes === 0 && this.#takesRequest;
    if (isAwaited) this.#context.silentCalls.add(this);
    this.resumeRequest();
  }

  /** Bytes of the request, in gRPC framing. */
  protected takeData(chunk: Uint8Array): void {
    if (!this.#takesRequest) return;
    const excess = this.#watch.push(chunk);
    if (excess !== undefined) {
      this.refuse(tooLarge(excess, this.#context.limits.maxMessageBytes));
      return;
    }
    const mayGoOn = (this.#call ?? this.#ahead)?.write(chunk) === true;
    if (!this.#hasMessage) this.#hear({ mayGoOn });
    if (!mayGoOn) this.pauseRequest();
  }

  /** More of the first message is there; a client that is told to wait is not silent. */
  #hear({ mayGoOn }: { mayGoOn: boolean }): void {
    const { silentCalls } = this.#context;
    if (this.#watch.hasMessage) this.#hearMessage();
    else if (mayGoOn) silentCalls.add(this);
    else silentCalls.delete(this);
  }

  #hearMessage(): void {
    if (this.#hasMessage) return;
    this.#hasMessage = true;
    this.#context.silentCalls.delete(this);
  }

  /** The request is whole. */
  protected takeEnd(): void {
    // A stream that was reset ends, too.
    if (!this.#takesRequest) return;
    this.#hearMessage();
    (this.#call ?? this.#ahead)?.finish();
  }

  /** The client sent what it may not send. */
  protected refuse(end: EndStatus): void {
    if (!this.#takesRequest) return;
    this.#hearMessage();
    this.#call?.cancel();
    this.#ahead?.first.set(end);
    this.onEnd({ ...end, isClients: true });
  }

  get #takesRequest(): boolean {
    return !this.#isGone && !this.#isAnswered && this.#upstreamEnd === undefined;
  }

  #awaitDrain(): void {
    if (this.#blockedAt !== undefined) return;
    this.#blockedAt = performance.now();
    this.#call?.pause();
    this.onceDrain(() => {
      this.#blockedAt = undefined;
      this.#call?.resume();
    });
  }

  #answer(status: EndStatus): void {
    this.#isAnswered = true;
    this.#hearMessage();
    clearTimeout(this.#timer);
    if (!this.isOpen) return;
    this.#timer = setTimeout(() => this.reset(), this.#context.limits.lingerMs);
    if (!this.#isReleased && !this.#hasOwnInitial(status)) this.sendStatus(status);
    else if (this.#isReleased || this.respond(this.#initial)) this.sendTrailers(status);
  }

  /** Whether the status is the upstream's own, which sent headers before it: they go out, too. */
  #hasOwnInitial(status: EndStatus): boolean {
    return this.#initial !== undefined && this.#upstreamEnd?.code === status.code;
  }

  #expire(): void {
    if (this.#isAnswered || this.#isGone) return;
    this.#abandon();
    this.#answer({ code: statusCode.deadlineExceeded, message: 'context deadline exceeded' });
  }

  /** The client is gone. */
  protected leave(): void {
    if (!this.#isAnswered && !this.#isGone) this.#abandon();
  }

  #abandon(): void {
    this.#isGone = true;
    this.#hearMessage();
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#upstreamEnd === undefined) this.#call?.cancel();
    this.#ahead?.first.set('left');
    this.#response.set('left');
    this.#done.set('left');
    this.#left?.abort();
  }
}

const noMessage: EndStatus = {
  code: statusCode.deadlineExceeded,
  message: 'the first message of the request did not come in time',
};

const tooManySilent: EndStatus = {
  code: statusCode.resourceExhausted,
  message: 'too many calls wait for their first message',
};

/** Bytes of an answer that are held without asking the upstream to stop. */
const holdBytes = 64 * 1024;
const longestTimer = 2 ** 31 - 1;
/** So much sooner than this process may a service see that a deadline is over. */
const clockSlackMs = 100;
