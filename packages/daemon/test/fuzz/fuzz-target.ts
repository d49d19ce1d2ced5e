import type { Arbitrary } from 'fast-check';

/** A parser under test, and what its inputs look like. */
export interface FuzzTarget {
  /** Longest input in bytes. */
  readonly maxBytes: number;
  /** What mutations put in, at least one: names, keywords, numbers at limits. */
  readonly words: readonly (string | Uint8Array)[];
  /** Inputs with the structure that the parser expects. */
  readonly inputs: Arbitrary<Uint8Array>;
  /** Whether reaching new code in this script makes an input worth keeping. */
  readonly covers: RegExp;
  /** Parses one input. Whatever it throws is a finding: refusals are its own to catch. */
  run(input: Uint8Array): void | Promise<void>;
  close?(): Promise<void>;
}
