/** Time and timers, so that a test can drive them. */
export interface ChainTimers {
  /** Milliseconds of a clock that never steps. */
  now(): number;
  /** Calls back once after `ms`; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/** The timers of the running system; none keeps the process alive. */
export const systemChainTimers: ChainTimers = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
