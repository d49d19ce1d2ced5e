import { BaseError, type PaymentType as PaymentTypeName, parsePaymentType } from '@snetkit/core';
import type { CallHead } from '../call/exchange.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';
import type { PaymentType } from '../payments/payment.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';

/** Ways to pay that are there, by the value of `snet-payment-type`. */
export type PaymentTypes = { readonly escrow: PaymentType } & Readonly<
  Partial<Record<PaymentTypeName, PaymentType>>
>;

/**
 * The way in which a call pays, by its header `snet-payment-type`; without one, escrow. Paid methods of
 * training have rules of their own.
 *
 * @throws PaymentRefusal 3 for a type that is not served (daemon.md 4.0, 4.5)
 */
export function choosePaymentType({ path, metadata }: CallHead, types: PaymentTypes): PaymentType {
  const training = paidTrainingMethods.get(path);
  const terms = training ?? { served: Object.keys(types) as PaymentTypeName[] };
  try {
    const name = parsePaymentType((key) => [metadata[key] ?? []].flat(), terms);
    return types[training === undefined ? name : 'train-call'] ?? types.escrow;
  } catch (cause) {
    const { shortMessage } = BaseError.from(cause);
    throw new PaymentRefusal(statusCode.invalidArgument, shortMessage, { cause });
  }
}
