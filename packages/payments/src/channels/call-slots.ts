import { BaseError } from '@snetkit/core';

/** How many calls may be in flight on a channel; the others wait their turn. */
export class CallSlots {
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #limit = 1;

  /** As the daemon allows: 1 with an official one. */
  setLimit(limit: number): void {
    this.#limit = Math.max(1, limit);
    this.#wake();
  }

  /** Calls that are in flight. */
  get taken(): number {
    return this.#taken;
  }

  /** Calls that wait for a place. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Waits for a place.
   *
   * @throws BaseError ABORTED
   */
  async take(signal: AbortSignal | undefined): Promise<void> {
    if (this.#taken < this.#limit && this.#waiting.length === 0) {
      this.#taken += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        this.#taken += 1;
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(
          new BaseError('ABORTED', 'The call was cancelled while it waited for its turn', {
            cause: signal?.reason,
          }),
        );
      };
      this.#waiting.push(enter);
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Gives a place back. */
  free(): void {
    this.#taken -= 1;
    this.#wake();
  }

  #wake(): void {
    while (this.#taken < this.#limit) {
      const enter = this.#waiting.shift();
      if (enter === undefined) return;
      enter();
    }
  }
}
