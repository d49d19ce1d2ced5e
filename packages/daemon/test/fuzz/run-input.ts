import type { FuzzTarget } from './fuzz-target.ts';

/** An input that should not be possible. */
export interface Finding {
  readonly input: Uint8Array;
  /** The error with its stack. */
  readonly text: string;
}

/** Processor time that no input may take, in milliseconds: what waits costs none. */
const maxInputMs = 3_000;

/** Runs one input; returns what is wrong with it, and the processor time that it took. */
export async function runInput(
  target: FuzzTarget,
  input: Uint8Array,
): Promise<{ readonly finding?: Finding; readonly ms: number }> {
  const before = process.threadCpuUsage();
  try {
    const pending = target.run(input);
    if (pending !== undefined) await pending;
  } catch (fault) {
    return { finding: { input, text: describe(fault) }, ms: 0 };
  }
  const { user, system } = process.threadCpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms <= maxInputMs) return { ms };
  return { ms, finding: { input, text: `one input took ${Math.round(ms)} ms of processor time` } };
}

function describe(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? `${fault}`) : String(fault);
}
