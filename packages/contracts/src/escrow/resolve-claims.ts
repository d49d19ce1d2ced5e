import type { EscrowEvent } from '../events/escrow-event.ts';
import { applyToValue, type ClaimPayment, getClaimPayment } from './claim-payment.ts';

/** What is known before the first event. */
export interface ResolveClaimsOptions {
  /** Cogs in each channel before the events; 0 when not given: the events begin with its opening. */
  readonly values?: ReadonlyMap<bigint, bigint> | undefined;
}

/**
 * What all claims among some events really paid, in their order. Pure: for a history that the caller
 * has anyway. Each channel's events must be complete from its opening, or from `values`.
 */
export function resolveClaims(
  events: readonly EscrowEvent[],
  options: ResolveClaimsOptions = {},
): readonly ClaimPayment[] {
  const values = new Map(options.values);
  const payments: ClaimPayment[] = [];
  for (const event of events) {
    const value = values.get(event.channelId) ?? 0n;
    if (event.type === 'ChannelClaim' || event.type === 'ChannelSenderClaim') {
      payments.push(getClaimPayment(event, value));
    }
    values.set(event.channelId, applyToValue(value, event));
  }
  return payments;
}
