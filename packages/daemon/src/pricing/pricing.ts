/** What a call costs. */
export interface Pricing {
  readonly name: 'fixed' | 'per-method';
  /**
   * Cogs for a call of `/package.Service/Method`, whatever the number of its messages.
   * @throws PaymentRefusal 13 when no price is defined for it
   */
  getPrice(path: string): bigint;
}
