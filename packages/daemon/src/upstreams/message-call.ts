import { type EndStatus, okStatus, statusCode } from '../call/status.ts';
import { FirstFrame } from '../wire/first-frame.ts';
import { encodeFramePrefix } from '../wire/frame-prefix.ts';
import { tooLarge } from '../wire/too-large.ts';
import { causeText } from './cause-text.ts';
import { readMessage } from './read-message.ts';
import { readSingle } from './read-single.ts';
import type { UpstreamCall, UpstreamReceiver, UpstreamRequest } from './upstream.ts';
import { UpstreamFailure } from './upstream-failure.ts';

/** What all calls share that take one message and give one. */
export interface MessageCallContext {
  /**
   * Answers one message with one.
   * @throws UpstreamFailure with the status of the call
   */
  answer(request: UpstreamRequest, message: Buffer, signal: AbortSignal): Promise<Uint8Array>;
  /** Milliseconds that a call may take whose client gave no deadline. */
  readonly serviceTimeoutMs: number;
  readonly maxMessageBytes: number;
}

/**
 * One call that takes one message and gives one, as services have it that know no streams. The first
 * message of the request is the one that counts, and nothing waits for the end of the request (daemon.md 7.7).
 */
export class MessageCall implements UpstreamCall {
  readonly #context: MessageCallContext;
  readonly #request: UpstreamRequest;
  readonly #receiver: UpstreamReceiver;
  readonly #frame = new FirstFrame();
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(context: MessageCallContext, request: UpstreamRequest, receiver: UpstreamReceiver) {
    this.#context = context;
    this.#request = request;
    this.#receiver = receiver;
    if (request.deadline === undefined) {
      this.#timer = setTimeout(() => this.#end(expired), context.serviceTimeoutMs);
    }
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver || this.#frame.isWhole) return true;
    if (this.#frame.push(chunk)) void this.#answer();
    return true;
  }

  finish(): void {
    if (!this.#frame.isWhole) this.#end(nothingSent);
  }

  /** One message is given in one piece. */
  pause(): void {}

  resume(): void {}

  cancel(): void {
    this.#stop();
  }

  async #answer(): Promise<void> {
    const { maxMessageBytes } = this.#context;
    let answer: Uint8Array;
    try {
      const encoding = readSingle(this.#request.metadata['grpc-encoding']);
      const message = await readMessage(this.#frame.bytes, { encoding, maxMessageBytes });
      answer = await this.#context.answer(this.#request, message, this.#controller.signal);
    } catch (cause) {
      this.#end(cause instanceof UpstreamFailure ? cause.status : internal(cause));
      return;
    }
    if (this.#isOver) return;
    if (answer.length > maxMessageBytes) {
      this.#end(tooLarge(answer.length, maxMessageBytes));
      return;
    }
    this.#receiver.onHeaders({});
    this.#receiver.onData(encodeFramePrefix(answer.length));
    if (answer.length > 0) this.#receiver.onData(answer);
    this.#end(okStatus);
  }

  #end(status: EndStatus): void {
    if (this.#isOver) return;
    this.#stop();
    this.#receiver.onEnd(status);
  }

  #stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}

const expired: EndStatus = {
  code: statusCode.deadlineExceeded,
  message: 'context deadline exceeded',
};

/** What gRPC for Go says of a request without a message (daemon.md 4.0). */
const nothingSent: EndStatus = { code: statusCode.unknown, message: 'EOF' };

function internal(cause: unknown): EndStatus {
  return { code: statusCode.internal, message: `internal error: ${causeText(cause)}` };
}
