import { BaseError, type PaymentType as PaymentTypeName, parsePaymentType } from '@snetkit/core';
import type { CallHead } from '../call/exchange.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';
import type { PaymentType } from '../payments/payment.ts';

/** Ways to pay that are there, by the value of `snet-payment-type`. */
export type PaymentTypes = { readonly escrow: PaymentType } & Readonly<
  Partial<Record<PaymentTypeName, PaymentType>>
>;

/**
 * The way in which a call pays, by its header `snet-payment-type`; without one, escrow.
 *
 * @throws PaymentRefusal 3 for a type that is not served (daemon.md 4.0)
 */
export function choosePaymentType({ metadata }: CallHead, types: PaymentTypes): PaymentType {
  try {
    const served = Object.keys(types) as PaymentTypeName[];
    const name = parsePaymentType((key) => [metadata[key] ?? []].flat(), { served });
    return types[name] ?? types.escrow;
  } catch (cause) {
    const { shortMessage } = BaseError.from(cause);
    throw new PaymentRefusal(statusCode.invalidArgument, shortMessage, { cause });
  }
}
