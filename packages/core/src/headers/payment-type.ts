import { BaseError } from '../errors/base-error.ts';
import type { GetHeader } from './header-entry.ts';
import { type PaymentType, paymentHeaders, paymentTypes } from './names.ts';
import { readOptionalTextHeader } from './read-header.ts';

/** Options of {@link parsePaymentType}. */
export interface ParsePaymentTypeOptions {
  /** Type of a request without the header; `escrow` unless given. */
  readonly fallback?: PaymentType | undefined;
  /** Types that are served; all unless given. */
  readonly served?: readonly PaymentType[] | undefined;
}

/**
 * How a request pays: the first value of `snet-payment-type`.
 *
 * @throws BaseError `PAYMENT_TYPE_UNEXPECTED`: `unexpected "snet-payment-type", value: "X"`
 */
export function parsePaymentType(
  get: GetHeader,
  options: ParsePaymentTypeOptions = {},
): PaymentType {
  const { fallback = paymentTypes.escrow, served = Object.values(paymentTypes) } = options;
  const name = paymentHeaders.paymentType;
  const value = readOptionalTextHeader(get, name);
  if (value === undefined) return fallback;
  const type = served.find((known) => known === value);
  if (type !== undefined) return type;
  const shown = value.length <= 200 ? value : `${value.slice(0, 200)}...`;
  throw new BaseError('PAYMENT_TYPE_UNEXPECTED', `unexpected "${name}", value: "${shown}"`, {
    place: `header ${name}`,
    expected: served.join(', '),
  });
}
