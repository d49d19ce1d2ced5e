/** Things to undo, the last one first. */
export interface Cleanup {
  add(undo: () => Promise<unknown>): void;
  /** Wraps a start so that what it starts is stopped here. */
  keep<T extends { stop(): Promise<unknown> }>(start: () => Promise<T>): () => Promise<T>;
  /** Undoes everything once, whatever fails on the way; throws the first failure at the end. */
  run(): Promise<void>;
}

/** An empty list of things to undo. */
export function createCleanup(): Cleanup {
  const undos: (() => Promise<unknown>)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    const failures: unknown[] = [];
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
      await undo().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  };
  return {
    add: (undo) => void undos.push(undo),
    keep: (start) => async () => {
      const started = await start();
      undos.push(() => started.stop());
      return started;
    },
    run() {
      running ??= runAll();
      return running;
    },
  };
}
