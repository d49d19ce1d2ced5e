/** An answer of the content store that is an error, in the shape in which Kubo gives it. */
export class KuboError extends Error {
  override readonly name = 'KuboError';
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  /** The body of the answer. */
  toJSON(): { Message: string; Code: number; Type: 'error' } {
    // Kubo's own numbers: 1 is a mistake of the client, 0 everything else.
    return { Message: this.message, Code: this.status === 400 ? 1 : 0, Type: 'error' };
  }
}
