/** Lets some in at once; the others wait in line. */
export interface Gate {
  /** Runs the work when it is its turn. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}

/** So many requests to a node at once that none has to wait for hundreds of others to be answered. */
export function createGate(width: number): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async pass(work) {
      if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        // The place is handed on.
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
