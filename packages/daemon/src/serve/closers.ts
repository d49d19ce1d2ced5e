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
