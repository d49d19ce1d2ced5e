import { BaseError } from '@snetkit/core';
import type { ReadOutcome } from './read-contracts.ts';

/** Makes something of the result of a read; what that throws is a failure. Inside this package only. */
export function mapOutcome<from, to>(
  outcome: ReadOutcome<from>,
  change: (result: from) => to,
): ReadOutcome<to> {
  if (outcome.status === 'failure') return outcome;
  try {
    return { status: 'success', result: change(outcome.result) };
  } catch (error) {
    return { status: 'failure', error: BaseError.from(error) };
  }
}
