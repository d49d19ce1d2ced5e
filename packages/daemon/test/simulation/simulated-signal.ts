type Listener = () => void;

/** What the daemon uses of an AbortSignal, without the weight of a real one: a schedule makes dozens. */
export class SimulatedSignal {
  aborted = false;
  readonly #listeners = new Set<Listener>();

  /** As whoever only knows real ones sees it. */
  get signal(): AbortSignal {
    return this as unknown as AbortSignal;
  }

  addEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: Listener): void {
    this.#listeners.delete(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of [...this.#listeners]) listener();
    this.#listeners.clear();
  }
}
