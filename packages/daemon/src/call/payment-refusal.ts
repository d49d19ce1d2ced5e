import type { EndStatus } from './status.ts';

/** A call that is not admitted, with the status that its client gets (daemon.md, section 4). */
export class PaymentRefusal extends Error {
  override readonly name = 'PaymentRefusal';
  readonly status: EndStatus;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = { code, message };
  }
}
