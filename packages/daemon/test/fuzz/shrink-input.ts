import type { FuzzTarget } from './fuzz-target.ts';
import { type Finding, runInput } from './run-input.ts';

/** Time for it; milliseconds. */
const patienceMs = 10_000;

/**
 * Leaves out of an input whatever it does not need to fail in the same way.
 *
 * @param onInput - told of every attempt right before it runs
 */
export async function shrinkInput(
  target: FuzzTarget,
  finding: Finding,
  onInput: (input: Uint8Array) => void,
): Promise<Finding> {
  const deadline = performance.now() + patienceMs;
  let best = finding;
  let step = best.input.length >> 1;
  while (step >= 1 && performance.now() < deadline) {
    let at = 0;
    while (at < best.input.length && performance.now() < deadline) {
      const shorter = without(best.input, at, step);
      onInput(shorter);
      const { finding: same } = await runInput(target, shorter);
      if (same !== undefined && firstLine(same) === firstLine(finding)) best = same;
      else at += step;
    }
    step >>= 1;
  }
  return best;
}

function without(input: Uint8Array, at: number, length: number): Uint8Array {
  return Buffer.concat([input.subarray(0, at), input.subarray(at + length)]);
}

/** Numbers differ from input to input. */
function firstLine({ text }: Finding): string {
  return text.split('\n', 1)[0]?.replace(/[0-9]+/g, 'N') ?? '';
}
