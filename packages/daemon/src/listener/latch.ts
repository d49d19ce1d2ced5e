/** A promise that is only made when somebody asks for it; the first value counts. */
export class Latch<T> {
  #value: T | undefined;
  #promise: Promise<T> | undefined;
  #resolve: ((value: T) => void) | undefined;

  get promise(): Promise<T> {
    if (this.#promise === undefined) {
      if (this.#value !== undefined) this.#promise = Promise.resolve(this.#value);
      else {
        const { promise, resolve } = Promise.withResolvers<T>();
        this.#promise = promise;
        this.#resolve = resolve;
      }
    }
    return this.#promise;
  }

  set(value: T): void {
    if (this.#value !== undefined) return;
    this.#value = value;
    this.#resolve?.(value);
  }
}
