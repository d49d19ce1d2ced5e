import {
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2';
import { type EndStatus, statusCode } from '../call/status.ts';
import { connectionFields } from '../wire/connection-fields.ts';
import { FrameWatch } from '../wire/frame-watch.ts';
import { formatGrpcTimeout } from '../wire/grpc-timeout.ts';
import { readEndStatus } from '../wire/read-end-status.ts';
import { readMetadata } from '../wire/read-metadata.ts';
import { tooLarge } from '../wire/too-large.ts';
import { causeText } from './cause-text.ts';
import { daemonError, helpUrl } from './help-url.ts';
import { buildRequestHeaders, type RequestHeadersOptions } from './request-headers.ts';
import type { PooledSession, SessionPool, SessionWaiter } from './session-pool.ts';
import { failureOfReset, failureOfResponse } from './stream-failure.ts';
import type { UpstreamCall, UpstreamReceiver, UpstreamRequest } from './upstream.ts';

/** What all calls to one service share. */
export interface GrpcCallContext {
  readonly pool: SessionPool;
  readonly headers: Pick<RequestHeadersOptions, 'contentType' | 'userAgent'>;
  readonly serviceTimeoutMs: number;
  readonly maxMessageBytes: number;
}

/** One call to a gRPC service: one HTTP/2 stream. */
export class GrpcCall implements UpstreamCall, SessionWaiter {
  readonly #context: GrpcCallContext;
  readonly #request: UpstreamRequest;
  readonly #receiver: UpstreamReceiver;
  readonly #watch: FrameWatch;
  #stream: ClientHttp2Stream | undefined;
  #session: PooledSession | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #startedAt = performance.now();
  /** What was written while there was no stream yet. */
  readonly #early: Uint8Array[] = [];
  #isRequestWhole = false;
  #isAnswered = false;
  #isOver = false;
  /** Status among the headers of an answer that goes on without trailers. */
  #headStatus: EndStatus | undefined;
  #trailStatus: EndStatus | undefined;
  #cause: unknown;

  constructor(context: GrpcCallContext, request: UpstreamRequest, receiver: UpstreamReceiver) {
    this.#context = context;
    this.#request = request;
    this.#receiver = receiver;
    this.#watch = new FrameWatch(context.maxMessageBytes);
  }

  start(): void {
    const { pool, serviceTimeoutMs } = this.#context;
    if (this.#request.deadline === undefined) {
      this.#timer = setTimeout(() => this.#expire(), serviceTimeoutMs);
    }
    pool.acquire(this);
  }

  onSession(session: PooledSession): void {
    const { headers, serviceTimeoutMs } = this.#context;
    const { deadline } = this.#request;
    const left = deadline === undefined ? serviceTimeoutMs : deadline - performance.now();
    const { scheme, authority } = session;
    const own = { ...headers, scheme, authority, timeout: formatGrpcTimeout(left) };
    const fields = buildRequestHeaders(this.#request, own);
    let stream: ClientHttp2Stream;
    try {
      stream = session.http2.request(fields, requestOptions);
    } catch (cause) {
      session.release();
      this.#end({ code: statusCode.internal, message: `internal error: ${causeText(cause)}` });
      return;
    }
    this.#stream = stream;
    this.#session = session;
    stream.on('response', (headers, flags, raw) => this.#onResponse(headers, flags, raw));
    stream.on('trailers', (headers, _flags, raw) => this.#onTrailers(headers, raw));
    stream.on('end', () => this.#onStreamEnd());
    stream.on('error', (cause) => {
      this.#cause = cause;
    });
    stream.on('close', () => {
      session.release();
      this.#onClose(session);
    });
    this.#sendEarly(stream);
  }

  onFailure(cause: unknown): void {
    this.#end({
      code: statusCode.internal,
      message: `can't connect to service ${causeText(cause)}${helpUrl(daemonError.serviceUnavailable)}`,
    });
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver) return true;
    if (this.#stream === undefined) {
      this.#early.push(chunk);
      return false;
    }
    if (this.#stream.write(chunk)) return true;
    this.#awaitDrain(this.#stream);
    return false;
  }

  finish(): void {
    this.#isRequestWhole = true;
    if (!this.#isOver) this.#stream?.end();
  }

  pause(): void {
    this.#stream?.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#stream?.resume();
  }

  cancel(): void {
    if (!this.#isOver) this.#stop();
  }

  get heldBytes(): number {
    const stream = this.#stream;
    return stream === undefined ? 0 : stream.readableLength + stream.writableLength;
  }

  #expire(): void {
    this.#fail({ code: statusCode.deadlineExceeded, message: 'context deadline exceeded' });
  }

  /** A client that keeps its side open for as long as the service may take wants the end that comes. */
  #blame(status: EndStatus): EndStatus {
    if (status.code !== statusCode.deadlineExceeded) return status;
    if (this.#request.deadline !== undefined || this.#isRequestWhole) return status;
    const isTimeUp =
      performance.now() - this.#startedAt >= this.#context.serviceTimeoutMs - slackMs;
    return isTimeUp ? { ...status, isClients: true } : status;
  }

  #sendEarly(stream: ClientHttp2Stream): void {
    const isAwaited = this.#early.length > 0;
    let isWritable = true;
    for (const chunk of this.#early) isWritable = stream.write(chunk);
    this.#early.length = 0;
    if (this.#isRequestWhole) stream.end();
    else if (!isWritable) this.#awaitDrain(stream);
    else if (isAwaited) this.#receiver.onDrain();
  }

  #awaitDrain(stream: ClientHttp2Stream): void {
    stream.once('drain', () => {
      if (!this.#isOver) this.#receiver.onDrain();
    });
  }

  #onResponse(
    headers: IncomingHttpHeaders & IncomingHttpStatusHeader,
    flags: number,
    raw: string[],
  ): void {
    if (this.#isOver || this.#stream === undefined) return;
    this.#headStatus = readEndStatus(headers, raw);
    const failure = failureOfResponse(headers[':status'], headers['content-type']);
    if (failure !== undefined) {
      this.#fail(this.#headStatus ?? failure);
    } else if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) {
      this.#conclude(this.#headStatus ?? withoutTrailers);
    } else {
      this.#receiver.onHeaders(readMetadata(headers, raw, headerFields));
      this.#stream.on('data', (chunk: Buffer) => this.#onData(chunk));
      this.#isAnswered = true;
    }
  }

  #onData(chunk: Buffer): void {
    if (this.#isOver) return;
    const excess = this.#watch.push(chunk);
    if (excess === undefined) this.#receiver.onData(chunk);
    else this.#fail(tooLarge(excess, this.#context.maxMessageBytes));
  }

  #onTrailers(headers: IncomingHttpHeaders, raw: string[]): void {
    if (this.#isOver) return;
    this.#trailStatus = readEndStatus(headers, raw) ?? withoutTrailers;
    // With data still to be read, the end waits for it.
    if (this.#stream?.readableLength === 0) this.#conclude(this.#trailStatus);
  }

  #onStreamEnd(): void {
    // A stream that was reset ends, too; it will close, unless it was reset with NO_ERROR.
    if (this.#isOver || this.#stream?.destroyed || this.#stream?.rstCode !== 0) return;
    const missing = this.#isAnswered ? withoutTrailers : failureOfReset(0);
    this.#conclude(this.#trailStatus ?? this.#headStatus ?? missing);
  }

  #onClose({ http2 }: PooledSession): void {
    if (this.#isOver) return;
    this.#end(http2.destroyed ? lost(this.#cause) : failureOfReset(this.#stream?.rstCode ?? 0));
  }

  /** The service has said its last word; what it has not read of the request it will not miss. */
  #conclude(status: EndStatus): void {
    if (this.#stream?.writableFinished) this.#end(status);
    else this.#fail(status);
  }

  #fail(status: EndStatus): void {
    this.#stop();
    this.#receiver.onEnd(this.#blame(status));
  }

  #end(status: EndStatus): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#receiver.onEnd(this.#blame(status));
  }

  #stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#stream === undefined) this.#context.pool.forget(this);
    else this.#session?.cancel(this.#stream);
  }
}

const requestOptions = { endStream: false };

/** So much sooner than this process may a service see that its time is over. */
const slackMs = 100;

const headerFields: ReadonlySet<string> = new Set([
  ...connectionFields,
  'grpc-status',
  'grpc-message',
]);

const withoutTrailers: EndStatus = {
  code: statusCode.internal,
  message: 'server closed the stream without sending trailers',
};

function lost(cause: unknown): EndStatus {
  const text = cause === undefined ? 'EOF' : causeText(cause);
  return { code: statusCode.unavailable, message: `error reading from server: ${text}` };
}
