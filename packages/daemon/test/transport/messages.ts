/** One gRPC message on the wire: not compressed, length, bytes. */
export function encodeMessage(content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}

/** Cuts what arrives into messages and lets somebody wait for them. */
export class MessageQueue {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that the next message needs, as far as they are known. */
  #needed = 5;
  #isOver = false;
  readonly #messages: Buffer[] = [];
  readonly #waiting: ((message: Buffer | undefined) => void)[] = [];

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = Buffer.concat(this.#chunks);
      const end = 5 + bytes.readUInt32BE(1);
      const isWhole = bytes.length >= end;
      this.#chunks = [isWhole ? bytes.subarray(end) : bytes];
      this.#length = isWhole ? bytes.length - end : bytes.length;
      this.#needed = isWhole ? 5 : end;
      if (isWhole) this.#give(bytes.subarray(5, end));
    }
  }

  #give(message: Buffer): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#messages.push(message);
    else waiter(message);
  }

  end(): void {
    this.#isOver = true;
    for (const waiter of this.#waiting.splice(0)) waiter(undefined);
  }

  /** The next message as text; undefined at the end. */
  async next(): Promise<string | undefined> {
    return (await this.nextBytes())?.toString();
  }

  nextBytes(): Promise<Buffer | undefined> {
    const message = this.#messages.shift();
    if (message !== undefined || this.#isOver) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
