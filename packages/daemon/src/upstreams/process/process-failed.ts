import { type EndStatus, statusCode } from '../../call/status.ts';

/** What becomes of a call whose program failed; the text of the official daemon (daemon.md 7.4). */
export function processFailed(cause: string, output: string): EndStatus {
  return {
    code: statusCode.internal,
    message: `process failed: ${cause}; output=${output.toWellFormed()}`,
  };
}

/** How a program ended, in the words of the official daemon. */
export function exitText(code: number | null, signal: NodeJS.Signals | null): string {
  return code === null ? `signal: ${signal}` : `exit status ${code}`;
}
