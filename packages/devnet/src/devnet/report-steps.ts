import { BaseError } from '@snetkit/core';
import type { DevnetProgress, DevnetStep } from './devnet.ts';

/** Runs one step of the start and returns what it made; `detail` says where that can be reached. */
export type RunStep = <T>(
  step: DevnetStep,
  run: () => Promise<T>,
  detail: (result: T) => string,
) => Promise<T>;

/** Tells before and after each step how far the start has come, and ends it between steps when `signal` says so. */
export function reportSteps(
  onProgress: ((progress: DevnetProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): RunStep {
  return async (step, run, detail) => {
    if (signal?.aborted) {
      throw new BaseError('ABORTED', 'Starting the local network was given up.', { place: step });
    }
    onProgress?.({ step, status: 'started' });
    const started = performance.now();
    const result = await run();
    const elapsedMs = Math.round(performance.now() - started);
    onProgress?.({ step, status: 'done', elapsedMs, detail: detail(result) });
    return result;
  };
}
