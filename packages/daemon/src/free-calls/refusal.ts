/** Why a free call is not admitted, in the words of daemon.md 4.2. */
export class FreeCallRefusal extends Error {
  override readonly name = 'FreeCallRefusal';
  /** `signature`: who asks, or who signed the token, is not shown. `time`: both were right, but not any more. */
  readonly kind: 'signature' | 'time';

  constructor(kind: 'signature' | 'time', message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
