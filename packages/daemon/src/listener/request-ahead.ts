import { type EndStatus, statusCode } from '../call/status.ts';
import type { UpstreamCall } from '../upstreams/upstream.ts';
import { FirstFrame } from '../wire/first-frame.ts';
import { Latch } from './latch.ts';

/** The beginning of a request that is read before anybody takes it: up to its first message. */
export class RequestAhead {
  readonly first = new Latch<Uint8Array | 'left' | EndStatus>();
  readonly #frame = new FirstFrame();
  readonly #chunks: Uint8Array[] = [];
  #isRequestWhole = false;

  /** @returns false when there is enough */
  write(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    if (!this.#frame.push(chunk)) return true;
    this.first.set(this.#frame.bytes);
    return false;
  }

  finish(): void {
    this.#isRequestWhole = true;
    this.first.set(nothingSent);
  }

  /**
   * Gives everything to who takes the request now.
   * @returns whether the rest may follow
   */
  passOn(call: UpstreamCall): boolean {
    let isWritable = true;
    for (const chunk of this.#chunks) isWritable = call.write(chunk);
    this.#chunks.length = 0;
    if (this.#isRequestWhole) call.finish();
    return isWritable && !this.#isRequestWhole;
  }
}

/** What gRPC for Go says of a request without a message (daemon.md 4.0). */
const nothingSent: EndStatus = { code: statusCode.unknown, message: 'EOF' };
