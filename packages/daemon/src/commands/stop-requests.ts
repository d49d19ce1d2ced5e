/** Why a daemon was told to stop. */
export type StopReason = 'SIGTERM' | 'SIGINT' | 'parent';

/** Listens for whoever may tell the daemon to stop. */
export interface StopRequests {
  /** Aborted by the first request; the reason is a {@link StopReason}. */
  readonly signal: AbortSignal;
  /** Stops listening, so that the process can end. */
  dispose(): void;
}

/** Environment variable that makes the daemon stop when its standard input ends. */
export const parentWatchVariable = 'SNETKIT_PARENT_WATCH';

/**
 * Listens for signals, and for the end of a parent that started the daemon with an IPC channel or
 * with `SNETKIT_PARENT_WATCH=stdin`: a child of a killed program must not live on. A second signal
 * ends the process at once.
 */
export function watchStopRequests(env: Readonly<Record<string, string | undefined>>): StopRequests {
  const controller = new AbortController();
  const request = (reason: StopReason) => controller.abort(reason);
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(1);
    request(name as StopReason);
  };
  const onParentGone = () => request('parent');
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  if (process.connected) process.on('disconnect', onParentGone);
  const isWatched = env[parentWatchVariable] === 'stdin';
  if (isWatched) {
    process.stdin.on('end', onParentGone).on('close', onParentGone).on('error', onParentGone);
    process.stdin.resume();
  }
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGTERM', onSignal).off('SIGINT', onSignal).off('disconnect', onParentGone);
      if (process.connected) process.disconnect();
      if (isWatched) process.stdin.destroy();
    },
  };
}
