/**
 * A command line that cannot be understood. A class of its own, because the errors of the product
 * take longer to load than a mistyped command should take.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** How to repair it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
