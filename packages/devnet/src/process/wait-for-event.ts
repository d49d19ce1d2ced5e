import type { EventEmitter } from 'node:events';
import { BaseError } from '@snetkit/core';
import type { ProcessEvent } from './read-output.ts';
import type { ProcessExit } from './start-process.ts';

/** What is waited for, and for how long. */
export interface WaitForEventOptions {
  /** Name of the program for messages. */
  readonly name: string;
  /** Emits `event` with a `ProcessEvent`. */
  readonly events: EventEmitter<{ event: [ProcessEvent] }>;
  readonly exited: Promise<ProcessExit>;
  readonly match: (event: ProcessEvent) => boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The end of what the program printed, for messages. */
  readonly printed: () => string;
}

/**
 * Resolves with the next event of a program that `match` accepts.
 *
 * Throws `BaseError` with the end of what the program printed: `DEVNET_PROCESS_ENDED`, `TIMED_OUT`, `ABORTED`.
 */
export async function waitForEvent(options: WaitForEventOptions): Promise<ProcessEvent> {
  const { name, events, exited, match, timeoutMs, signal, printed } = options;
  const { promise, resolve, reject } = Promise.withResolvers<ProcessEvent>();
  const fail = (code: 'DEVNET_PROCESS_ENDED' | 'TIMED_OUT' | 'ABORTED', message: string) =>
    reject(new BaseError(code, message, { found: printed() || 'no output' }));
  const onEvent = (event: ProcessEvent) => match(event) && resolve(event);
  const onAbort = () => fail('ABORTED', `Waiting for ${name} was given up.`);
  const timer = setTimeout(
    () => fail('TIMED_OUT', `${name} did not report within ${timeoutMs} ms.`),
    timeoutMs,
  );
  events.on('event', onEvent);
  signal?.addEventListener('abort', onAbort);
  void exited.then(({ code, signal: by }) =>
    fail('DEVNET_PROCESS_ENDED', `${name} ended (${describeExit(code, by)}).`),
  );
  try {
    if (signal?.aborted) onAbort();
    return await promise;
  } finally {
    clearTimeout(timer);
    events.off('event', onEvent);
    signal?.removeEventListener('abort', onAbort);
  }
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return signal;
  return code === null ? 'it could not be started' : `exit code ${code}`;
}
