import { paymentHeaders } from '@snetkit/core';
import type { CallHead } from '../call/exchange.ts';
import type { ModelPrices } from '../training/model-prices.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';
import type { PaymentType } from './payment.ts';

/**
 * Payment for training (daemon.md 4.5): through a channel, at the price of the model that the header
 * `snet-train-model-id` names. For calls of the service it is the same as escrow.
 */
export function createTrainCall({
  escrow,
  prices,
}: {
  escrow: PaymentType;
  prices: ModelPrices;
}): PaymentType {
  return {
    name: 'train-call',
    begin(head, options) {
      const method = paidTrainingMethods.get(head.path);
      if (method === undefined) return escrow.begin(head, options);
      return escrow.begin(head, {
        ...options,
        price: () => prices.getPrice(method, modelIdOf(head)),
      });
    },
  };
}

function modelIdOf({ metadata }: CallHead): string | undefined {
  const [first] = [metadata[paymentHeaders.trainModelId] ?? []].flat();
  return first;
}
