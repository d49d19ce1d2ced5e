/** What has been opened and must be closed again, in the opposite order. */
export interface Closers {
  add(close: () => void | Promise<void>): void;
  /** Closes everything; one that fails does not keep the others open. Safe to call again. */
  close(onFault: (fault: unknown) => void): Promise<void>;
}

/** An empty list of things to close. */
export function createClosers(): Closers {
  const closers: (() => void | Promise<void>)[] = [];
  return {
    add: (close) => void closers.push(close),
    async close(onFault) {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        try {
          await close();
        } catch (fault) {
          onFault(fault);
        }
      }
    },
  };
}

/** The same for those who wait for others on their way out: all at once, so that together they take no longer than one. */
export function createParallelClosers(): Closers {
  const all: Closers[] = [];
  return {
    add(close) {
      const one = createClosers();
      one.add(close);
      all.push(one);
    },
    async close(onFault) {
      await Promise.all(all.splice(0).map((one) => one.close(onFault)));
    },
  };
}
