import type { ReadOutcome } from './read-contracts.ts';

/** The result of a read; where one that fails makes the rest useless. Throws its error. */
export function unwrap<result>(outcome: ReadOutcome<result>): result {
  if (outcome.status === 'success') return outcome.result;
  throw outcome.error;
}
