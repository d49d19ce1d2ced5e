import type { PaymentType } from '@snetkit/core';
import { Daemon } from '@snetkit/protos/training';

/** How a method of `training.Daemon` is paid. */
export interface PaidTrainingMethod {
  /** Which of the model's prices it costs. */
  readonly price: 'validatePrice' | 'trainPrice';
  /** Payment type of a call that names none (daemon.md, section 2). */
  readonly fallback: PaymentType;
  /** Payment types that it takes. */
  readonly served: readonly PaymentType[];
}

const unary = { fallback: 'train-call', served: ['train-call'] } as const;

/** The methods of the daemon's own services that cost something, by path (daemon.md 4.5). */
export const paidTrainingMethods: ReadonlyMap<string, PaidTrainingMethod> = new Map([
  [`/${Daemon.typeName}/validate_model`, { price: 'validatePrice', ...unary }],
  [`/${Daemon.typeName}/train_model`, { price: 'trainPrice', ...unary }],
  [
    `/${Daemon.typeName}/upload_and_validate`,
    { price: 'validatePrice', fallback: 'escrow', served: ['escrow', 'train-call'] },
  ],
]);
