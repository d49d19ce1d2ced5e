import { startCoverage } from './coverage.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { runInput } from './run-input.ts';

/** Files of each target in the repository. */
const maxKept = 18;

/**
 * The smallest inputs that together reach what all of them reach; where that takes too many, those
 * that add most.
 */
export async function distil(
  target: FuzzTarget,
  inputs: readonly Uint8Array[],
  onInput: (input: Uint8Array) => void,
): Promise<Uint8Array[]> {
  const coverage = startCoverage(target.covers);
  const kept: { input: Uint8Array; added: number }[] = [];
  // Twice, so that what only the first input of a process reaches is nobody's.
  for (const input of inputs) await run(input);
  coverage.look();
  for (const input of [...inputs].sort((a, b) => a.length - b.length)) {
    const before = coverage.known;
    await run(input);
    const glance = coverage.look();
    if (!glance.isNew) continue;
    glance.learn();
    kept.push({ input, added: coverage.known - before });
  }
  coverage.stop();
  kept.sort((a, b) => b.added - a.added);
  return kept.slice(0, maxKept).map(({ input }) => input);

  function run(input: Uint8Array) {
    onInput(input);
    return runInput(target, input);
  }
}
