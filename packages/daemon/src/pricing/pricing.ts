import type { PricedCall } from '../call/handle-call.ts';

/** What a call costs. */
export interface Pricing {
  readonly name: 'fixed' | 'per-method' | 'dynamic';
  /**
   * Cogs for a call, whatever the number of its messages.
   * @throws PaymentRefusal 13 when no price is defined for its method; with the end of the question
   *   when the service was asked and did not say
   */
  getPrice(call: PricedCall): bigint | Promise<bigint>;
}
