import type { EndStatus } from '../call/status.ts';

/** A call that an upstream ends with a status that is not OK. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  readonly status: EndStatus;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = { code, message };
  }
}
