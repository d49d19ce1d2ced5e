import { BaseError } from './base-error.ts';
import { errorCodes } from './codes.ts';
import type { ErrorClass } from './error-class.ts';

/** Exit code of a command for each class of error; success is 0. */
export const exitCodes: Readonly<Record<ErrorClass, number>> = {
  internal: 1,
  usage: 2,
  config: 2,
  network: 3,
  chain: 4,
  payment: 5,
  content: 6,
  store: 7,
};

/** The exit code of a command that ended with this error. */
export function getExitCode(error: unknown): number {
  return exitCodes[errorCodes[BaseError.from(error).code].class];
}
