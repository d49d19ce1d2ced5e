import fc from 'fast-check';
import type { FuzzTarget } from '../fuzz-target.ts';

// Faults put here on purpose, to see that a search finds them.

const planted = {
  maxBytes: 64,
  words: ['word'],
  covers: /planted-targets/,
  inputs: fc.uint8Array({ maxLength: 8 }),
} satisfies Omit<FuzzTarget, 'run'>;

/** Whether an input begins with four letters; each of them is code of its own, so that progress shows. */
function isUnlocked(input: Uint8Array): boolean {
  if (input[0] !== 0x66) return false;
  if (input[1] !== 0x75) return false;
  if (input[2] !== 0x7a) return false;
  return input[3] === 0x7a;
}

const leaked: Uint8Array[] = [];

/** What a search must find, by name. */
export const plantedTargets: Readonly<Record<string, FuzzTarget>> = {
  fault: {
    ...planted,
    run(input) {
      if (isUnlocked(input)) throw new TypeError('the planted fault');
    },
  },
  hang: {
    ...planted,
    run(input) {
      while (input[0] === 0x66 && input[1] === 0x75);
    },
  },
  leak: {
    ...planted,
    run(input) {
      // 40 MB a second, on slow machines and fast ones.
      while (leaked.length < performance.now() * 5)
        leaked.push(new Uint8Array(8_192 + input.length));
    },
  },
  sound: { ...planted, run: (input) => void isUnlocked(input) },
};
