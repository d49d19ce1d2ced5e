/** Seconds that a block takes on Ethereum. */
const defaultBlockSeconds = 12;

/**
 * A block number that was read once and grows with time: good enough to see that a channel comes near
 * its end, and it costs nobody a request.
 */
export class BlockEstimate {
  readonly #blockMs: number;
  #block = 0n;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(blockSeconds: number = defaultBlockSeconds) {
    this.#blockMs = blockSeconds * 1000;
  }

  /** Takes note of a block number that was just read. */
  set(block: bigint): void {
    this.#block = block;
    this.#readAt = performance.now();
  }

  /** Latest block as far as can be told; undefined when none was ever read. */
  get(): bigint | undefined {
    if (this.#readAt === Number.NEGATIVE_INFINITY) return undefined;
    return this.#block + BigInt(Math.floor((performance.now() - this.#readAt) / this.#blockMs));
  }
}
