import { describeError } from './describe-error.ts';
import type { Output } from './output.ts';

/**
 * Prints why a command failed: for a person on standard error, for a program as `{"error": ...}` on
 * standard output.
 *
 * @returns the exit code
 */
export async function printFailure(cause: unknown, output: Output): Promise<number> {
  const { exitCode, json, message, details } = await describeError(cause);
  if (output.isJson) {
    output.result({ error: json }, () => '');
    return exitCode;
  }
  const width = Math.max(0, ...details.map(([label]) => label.length));
  output.note(`${output.noteStyle(['red', 'bold'], 'error:')} ${message}`);
  for (const [label, text] of details) {
    const indent = ' '.repeat(width + 4);
    const shown = text.replaceAll('\n', `\n${indent}`);
    output.note(`  ${output.noteStyle('dim', label.padEnd(width))}  ${shown}`);
  }
  return exitCode;
}
