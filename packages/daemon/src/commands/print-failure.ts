import type { BaseError } from '@snetkit/core';
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
  if (error.code.startsWith('CONFIG_')) output.warn(formatLine(error, fix));
  else output.warn(error.hint === undefined ? `${error.message}\nFix: ${fix}` : error.message);
  return kind === 'config' || kind === 'usage' ? 2 : 1;
}

/** What is wrong with the configuration, on one line: what, where, found, expected, fix. */
function formatLine(
  { shortMessage, place, expected, found, hint }: BaseError,
  fix: string,
): string {
  const details = [
    found !== undefined && `found ${found}`,
    expected !== undefined && `expected ${expected}`,
  ].filter((part) => part !== false);
  const what = shortMessage.replace(/\.$/, '');
  const line = [
    `snetd: ${details.length === 0 ? what : `${what}: ${details.join(', ')}`}`,
    place === undefined ? '' : ` (${place})`,
    `. Fix: ${hint ?? fix}`,
  ];
  return line.join('').replace(/\s*\n\s*/g, ' ');
}
