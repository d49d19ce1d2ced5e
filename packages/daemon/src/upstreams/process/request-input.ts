import { encodeFramePrefix } from '../../wire/frame-prefix.ts';
import { readMessage } from '../read-message.ts';

/** What a {@link RequestInput} writes to. */
export interface InputSink {
  /** @returns false when the next bytes should wait */
  write(bytes: Uint8Array): boolean;
  /** Nothing more comes. */
  end(): void;
  /** The request cannot be read; without a cause: it ended too early. */
  fail(cause?: unknown): void;
  /** What {@link RequestInput.push} asked to wait for is over. */
  onIdle(): void;
}

/** How a request becomes the standard input of a program. */
export interface InputOptions {
  /** Many messages, each in its frame; otherwise the bytes of the first one, and nothing else. */
  readonly isStream: boolean;
  /** Whether the one message of other requests stands in its frame, too. */
  readonly isFramed?: boolean;
  readonly encoding: string | undefined;
  readonly maxMessageBytes: number;
}

/**
 * Turns the frames of a request into what a program reads. Bytes pass on as they come, except those of
 * a compressed message: it is undone when it is whole.
 */
export class RequestInput {
  readonly #options: InputOptions;
  readonly #sink: InputSink;
  readonly #prefix = Buffer.alloc(5);
  #filled = 0;
  /** Bytes of the message that are still to come; undefined within a prefix. */
  #left: number | undefined;
  /** What is there of a compressed message. */
  #held: Uint8Array[] | undefined;
  #isOver = false;
  #isUndoing = false;
  /** What waits until a message is undone. */
  readonly #later: (() => void)[] = [];

  constructor(options: InputOptions, sink: InputSink) {
    this.#options = options;
    this.#sink = sink;
  }

  /** Whether nothing of the request is still awaited. */
  get isWhole(): boolean {
    return this.#isOver;
  }

  /** @returns false when the next bytes should wait */
  push(chunk: Uint8Array): boolean {
    let isWritable = true;
    for (let at = 0; at < chunk.length && !this.#isOver; ) {
      const step = Math.min(this.#left ?? 5 - this.#filled, chunk.length - at);
      const bytes = chunk.subarray(at, at + step);
      at += step;
      if (this.#left === undefined) this.#takePrefix(bytes);
      else isWritable = this.#takeMessage(bytes, this.#left);
    }
    return isWritable && !this.#isUndoing;
  }

  /** The request is whole. */
  end(): void {
    if (this.#isOver) return;
    const isBetween = this.#left === undefined && this.#filled === 0;
    if (isBetween && this.#options.isStream) this.#finish();
    else this.#fail();
  }

  get #hasFrames(): boolean {
    return this.#options.isStream || this.#options.isFramed === true;
  }

  #takePrefix(bytes: Uint8Array): void {
    this.#prefix.set(bytes, this.#filled);
    this.#filled += bytes.length;
    if (this.#filled < 5) return;
    this.#filled = 0;
    this.#left = this.#prefix.readUInt32BE(1);
    if (this.#prefix[0] !== 0) this.#held = [];
    else if (this.#hasFrames) this.#write(Buffer.from(this.#prefix));
    if (this.#left === 0) this.#complete();
  }

  #takeMessage(bytes: Uint8Array, left: number): boolean {
    let isWritable = true;
    if (this.#held === undefined) isWritable = this.#write(bytes);
    else this.#held.push(bytes);
    this.#left = left - bytes.length;
    if (this.#left === 0) this.#complete();
    return isWritable;
  }

  #complete(): void {
    this.#left = undefined;
    if (this.#held !== undefined) {
      const frame = Buffer.concat([this.#prefix, ...this.#held]);
      this.#held = undefined;
      this.#inTurn(() => void this.#undo(frame));
    }
    if (!this.#options.isStream) this.#finish();
  }

  async #undo(frame: Buffer): Promise<void> {
    this.#isUndoing = true;
    try {
      const message = await readMessage(frame, this.#options);
      if (this.#hasFrames) this.#sink.write(encodeFramePrefix(message.length));
      this.#sink.write(message);
    } catch (cause) {
      this.#later.length = 0;
      this.#fail(cause);
    }
    this.#isUndoing = false;
    while (!this.#isUndoing && this.#later.length > 0) this.#later.shift()?.();
    if (!this.#isUndoing) this.#sink.onIdle();
  }

  #write(bytes: Uint8Array): boolean {
    if (!this.#isUndoing) return this.#sink.write(bytes);
    this.#later.push(() => void this.#sink.write(bytes));
    return false;
  }

  #finish(): void {
    this.#isOver = true;
    this.#inTurn(() => this.#sink.end());
  }

  #fail(cause?: unknown): void {
    this.#isOver = true;
    this.#sink.fail(cause);
  }

  #inTurn(task: () => void): void {
    if (this.#isUndoing) this.#later.push(task);
    else task();
  }
}
