import type { EndStatus, Metadata } from './status.ts';

/** A call that is not admitted, with the status that its client gets (daemon.md, section 4). */
export class PaymentRefusal extends Error {
  override readonly name = 'PaymentRefusal';
  readonly status: EndStatus;

  /** A refusal with a status that is there already. */
  static of({ code, message, trailers }: EndStatus): PaymentRefusal {
    return new PaymentRefusal(code, message, trailers && { trailers });
  }

  constructor(code: number, message: string, options?: ErrorOptions & { trailers?: Metadata }) {
    super(message, options);
    const { trailers } = options ?? {};
    this.status = { code, message, ...(trailers && { trailers }) };
  }
}
