/** Wrong use of the command line: one sentence, printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
