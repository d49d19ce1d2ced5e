import type { EndStatus } from '../../call/status.ts';
import { encodeFramePrefix } from '../../wire/frame-prefix.ts';
import { FrameWatch } from '../../wire/frame-watch.ts';
import { tooLarge } from '../../wire/too-large.ts';
import { processFailed } from './process-failed.ts';

/**
 * First bytes of the frames between the daemon and a program that is kept, each followed by four bytes
 * of length and so many bytes. Messages stand in the frames that they have in gRPC.
 */
export const warmFrame = { message: 0, call: 1, end: 2, failure: 3 } as const;

/** A frame that is no message. */
export function encodeWarmFrame(type: number, text = ''): Buffer {
  const bytes = Buffer.from(text);
  const prefix = Buffer.from(encodeFramePrefix(bytes.length));
  prefix[0] = type;
  return Buffer.concat([prefix, bytes]);
}

/** What a program says. */
export interface WarmOutputEvents {
  /** Bytes of messages, in gRPC framing, as they come. */
  onData(chunk: Uint8Array): void;
  /** The answer is whole, or the call has failed. */
  onAnswered(failure: string | undefined): void;
  /** What cannot be understood, or is too large. */
  onBroken(status: EndStatus): void;
}

/** Cuts the output of a program that is kept into frames. */
export class WarmOutput {
  readonly #events: WarmOutputEvents;
  readonly #maxMessageBytes: number;
  readonly #watch: FrameWatch;
  readonly #prefix = Buffer.alloc(5);
  #filled = 0;
  /** Bytes of the frame that are still to come; undefined within a prefix. */
  #left: number | undefined;
  #text: Buffer[] = [];

  constructor(options: { maxMessageBytes: number }, events: WarmOutputEvents) {
    this.#events = events;
    this.#maxMessageBytes = options.maxMessageBytes;
    this.#watch = new FrameWatch(options.maxMessageBytes);
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const step = Math.min(this.#left ?? 5 - this.#filled, chunk.length - at);
      const bytes = chunk.subarray(at, at + step);
      at += step;
      const isGood = this.#left === undefined ? this.#takePrefix(bytes) : this.#takeBody(bytes);
      if (!isGood) return;
      if (this.#left === 0) this.#finish({ isLast: at === chunk.length });
    }
  }

  #takePrefix(bytes: Buffer): boolean {
    this.#prefix.set(bytes, this.#filled);
    this.#filled += bytes.length;
    if (this.#filled < 5) return true;
    this.#filled = 0;
    const length = this.#prefix.readUInt32BE(1);
    this.#left = length;
    const type = this.#prefix[0] as number;
    if (type === warmFrame.message) {
      const excess = this.#watch.push(this.#prefix);
      if (excess === undefined) this.#events.onData(Buffer.from(this.#prefix));
      else this.#events.onBroken(tooLarge(excess, this.#maxMessageBytes));
      return excess === undefined;
    }
    const isKnown = type === warmFrame.end || type === warmFrame.failure;
    if (isKnown && length <= maxTextBytes) return true;
    this.#events.onBroken(processFailed(`a frame of type ${type} and ${length} bytes`, ''));
    return false;
  }

  #takeBody(bytes: Buffer): boolean {
    this.#left = (this.#left ?? 0) - bytes.length;
    if (this.#prefix[0] === warmFrame.message) {
      this.#watch.push(bytes);
      this.#events.onData(bytes);
    } else this.#text.push(bytes);
    return true;
  }

  #finish({ isLast }: { isLast: boolean }): void {
    this.#left = undefined;
    const type = this.#prefix[0];
    if (type === warmFrame.message) return;
    const text = Buffer.concat(this.#text).toString('utf8');
    this.#text = [];
    // It would become a part of the next answer.
    if (!isLast) this.#events.onBroken(processFailed('output after the end of an answer', ''));
    else this.#events.onAnswered(type === warmFrame.failure ? text : undefined);
  }
}

const maxTextBytes = 64 * 1024;
