import { okStatus, statusCode } from '../call/status.ts';
import type { Upstream, UpstreamCall, UpstreamReceiver, UpstreamRequest } from './upstream.ts';

/**
 * Answers each call with its own first message, byte by byte and as it arrives, instead of asking a
 * service (`passthrough_enabled: false`, daemon.md 7.4).
 */
export function createEchoUpstream(): Upstream {
  return {
    open: (request, receiver) => new EchoCall(request, receiver),
    close: () => Promise.resolve(),
  };
}

class EchoCall implements UpstreamCall {
  readonly #request: UpstreamRequest;
  readonly #receiver: UpstreamReceiver;
  readonly #prefix: number[] = [];
  /** Bytes of the message that are still to come, once its prefix is known. */
  #left: number | undefined;
  #hasHeaders = false;
  #isOver = false;
  #isPaused = false;

  constructor(request: UpstreamRequest, receiver: UpstreamReceiver) {
    this.#request = request;
    this.#receiver = receiver;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver) return true;
    const end = this.#measure(chunk);
    if (!this.#hasHeaders) {
      this.#hasHeaders = true;
      // Compressed bytes go back as they came.
      const encoding = this.#request.metadata['grpc-encoding'];
      this.#receiver.onHeaders(encoding === undefined ? {} : { 'grpc-encoding': encoding });
    }
    this.#receiver.onData(end === chunk.length ? chunk : chunk.subarray(0, end));
    if (this.#left !== 0) return !this.#isPaused;
    this.#isOver = true;
    this.#receiver.onEnd(okStatus);
    return true;
  }

  /** How much of a chunk belongs to the first message. */
  #measure(chunk: Uint8Array): number {
    let at = 0;
    for (; this.#left === undefined && at < chunk.length; at++) {
      this.#prefix.push(chunk[at] as number);
      if (this.#prefix.length === 5) this.#left = Buffer.from(this.#prefix).readUInt32BE(1);
    }
    if (this.#left === undefined) return at;
    const step = Math.min(this.#left, chunk.length - at);
    this.#left -= step;
    return at + step;
  }

  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const message = this.#hasHeaders ? 'unexpected EOF' : 'EOF';
    this.#receiver.onEnd({ code: statusCode.unknown, message });
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    if (!this.#isOver) this.#receiver.onDrain();
  }

  cancel(): void {
    this.#isOver = true;
  }
}
