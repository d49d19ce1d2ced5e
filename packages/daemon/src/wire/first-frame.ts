/** Collects the first message of a stream of gRPC frames, in its frame. */
export class FirstFrame {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  /** Bytes of prefix and message, as far as they are known. */
  #needed = prefixLength;

  /**
   * Takes the next chunk; what follows the first message is not kept.
   * @returns whether the first message is whole
   */
  push(chunk: Uint8Array): boolean {
    if (this.isWhole) return true;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#needed === prefixLength && this.#length >= prefixLength) {
      const bytes = Buffer.concat(this.#chunks);
      this.#chunks.splice(0, this.#chunks.length, bytes);
      this.#needed += bytes.readUInt32BE(1);
    }
    return this.isWhole;
  }

  get isWhole(): boolean {
    return this.#length >= this.#needed && this.#length >= prefixLength;
  }

  /** Prefix and message; only when it is whole. */
  get bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#length).subarray(0, this.#needed);
  }
}

const prefixLength = 5;
