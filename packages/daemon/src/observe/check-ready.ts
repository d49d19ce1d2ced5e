import { BaseError } from '@snetkit/core';
import type { Probe } from './probe.ts';
import type { Readiness } from './readiness.ts';

/** What {@link checkReady} looks at. */
export interface ReadyOptions {
  readonly probe: Probe;
  readonly readiness: Pick<Readiness, 'describe'>;
  /** Aborted when the daemon begins to stop. */
  readonly stopping: AbortSignal;
}

/** What keeps this daemon from taking calls, in words; nothing when it is ready. Never throws. */
export async function checkReady(options: ReadyOptions): Promise<readonly string[]> {
  const { probe, readiness, stopping } = options;
  // Told at once: whoever asks now must not wait for a service that hangs.
  if (stopping.aborted) return ['the daemon is stopping'];
  const dead = await probe.check().then(
    () => [],
    (cause) => [describe(cause)],
  );
  return [...readiness.describe(), ...dead];
}

function describe(cause: unknown): string {
  const { found, shortMessage } = BaseError.from(cause);
  return found ?? shortMessage;
}
