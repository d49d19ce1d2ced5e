/** Requests to end, as signals bring them. */
export interface WatchedSignals {
  /** Aborted by the first request. */
  readonly signal: AbortSignal;
  /** 128 and the signal's number, once there was a request. */
  readonly exitCode: number | undefined;
  /** Gives the signals back to the system. */
  stop(): void;
}

const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Listens to Ctrl-C and to requests to end. The first one aborts, so that everything is ended in
 * order; a later one ends the process at once. One key press may arrive several times, from the
 * terminal and from programs in between, so that what follows within a second does not count.
 */
export function watchSignals(): WatchedSignals {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let firstAt = 0;
  const listen = (name: keyof typeof numbers) => () => {
    if (exitCode !== undefined && performance.now() - firstAt > 1000) process.exit(exitCode);
    if (exitCode !== undefined) return;
    exitCode = 128 + numbers[name];
    firstAt = performance.now();
    controller.abort();
  };
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  const listeners = names.map((name) => [name, listen(name)] as const);
  for (const [name, listener] of listeners) process.on(name, listener);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop() {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
