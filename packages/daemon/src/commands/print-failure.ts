import { UsageError } from './usage-error.ts';

/** Prints why a command failed, on standard error; resolves with the exit code: 2 for wrong use and wrong configuration, 1 otherwise. */
export async function printFailure(
  cause: unknown,
  output: { warn(line: string): void },
): Promise<number> {
  if (cause instanceof UsageError) {
    output.warn(`snetd: ${cause.message} Run 'snetd --help' to see what there is.`);
    return 2;
  }
  const { BaseError, errorCodes } = await import('@snetkit/core');
  const error = BaseError.from(cause);
  const { class: kind, fix } = errorCodes[error.code];
  output.warn(error.hint === undefined ? `${error.message}\nFix: ${fix}` : error.message);
  return kind === 'config' || kind === 'usage' ? 2 : 1;
}
