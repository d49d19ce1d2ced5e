import type { WireMessage } from './gateway-transport.ts';

/** Cuts what arrives into messages and lets somebody wait for them. */
export class WireMessages {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that the next message needs, as far as they are known. */
  #needed = 5;
  #isOver = false;
  readonly #whole: WireMessage[] = [];
  readonly #waiting: ((message: WireMessage | undefined) => void)[] = [];

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
      if (isWhole)
        this.pass({
          flags: bytes[0] as number,
          isCompressed: bytes[0] !== 0,
          bytes: bytes.subarray(5, end),
        });
    }
  }

  /** Takes a message that was cut already. */
  pass(message: WireMessage): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#whole.push(message);
    else waiter(message);
  }

  end(): void {
    this.#isOver = true;
    for (const waiter of this.#waiting.splice(0)) waiter(undefined);
  }

  next(): Promise<WireMessage | undefined> {
    const message = this.#whole.shift();
    if (message !== undefined || this.#isOver) return Promise.resolve(message);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
