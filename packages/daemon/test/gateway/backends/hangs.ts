/** Calls that hang, and those who wait for one. */
export interface Hangs {
  add(gone: Promise<unknown>): void;
  next(): Promise<{ readonly gone: Promise<unknown> }>;
}

/** Nobody hangs yet. */
export function createHangs(): Hangs {
  const there: { gone: Promise<unknown> }[] = [];
  const waiting: ((hang: { gone: Promise<unknown> }) => void)[] = [];
  return {
    add(gone) {
      const waiter = waiting.shift();
      if (waiter === undefined) there.push({ gone });
      else waiter({ gone });
    },
    next() {
      const hang = there.shift();
      if (hang !== undefined) return Promise.resolve(hang);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
