/**
 * Looks at the five-byte prefixes of the gRPC messages in a stream of bytes as they pass by; nothing
 * is copied and no message is read.
 */
export class FrameWatch {
  readonly #maxMessageBytes: number;
  /** Bytes of the current message that are still to come. */
  #left = 0;
  /** Bytes of the current prefix that are known. */
  #filled = 0;
  #length = 0;
  #hasMessage = false;

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Whether what has passed by are whole messages. */
  get isBetween(): boolean {
    return this.#left === 0 && this.#filled === 0;
  }

  /** Whether a whole message has passed by. */
  get hasMessage(): boolean {
    return this.#hasMessage;
  }

  /**
   * Takes the next chunk.
   * @returns the declared length of a message that is larger than allowed, else undefined
   */
  push(chunk: Uint8Array): number | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, chunk.length - at);
        this.#left -= step;
        at += step;
        if (this.#left === 0) this.#hasMessage = true;
        continue;
      }
      const byte = chunk[at++] as number;
      // The first byte of a prefix tells whether the message is compressed: opaque here.
      if (this.#filled > 0) this.#length = this.#length * 256 + byte;
      if (++this.#filled < 5) continue;
      if (this.#length > this.#maxMessageBytes) return this.#length;
      this.#left = this.#length;
      if (this.#left === 0) this.#hasMessage = true;
      this.#filled = 0;
      this.#length = 0;
    }
    return undefined;
  }
}
