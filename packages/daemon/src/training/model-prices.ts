import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';
import type { Store } from '../store/store.ts';
import { decodeModel } from './model-codec.ts';
import { modelKey } from './model-key.ts';
import type { PaidTrainingMethod } from './paid-methods.ts';

/** What training costs, by model. */
export interface ModelPrices {
  /**
   * Cogs for a paid call about a model.
   *
   * @throws PaymentRefusal 13 when there is no such model, its price is not known or the store cannot
   *   be read
   */
  getPrice(method: PaidTrainingMethod, modelId: string | undefined): Promise<bigint>;
}

/** Reads the prices that are stored with the models of a service (daemon.md 4.5). */
export function createModelPrices(options: {
  store: Pick<Store, 'get'>;
  serviceId: string;
}): ModelPrices {
  const { store, serviceId } = options;

  async function read(method: PaidTrainingMethod, modelId: string): Promise<bigint | undefined> {
    const key = modelKey({ serviceId, modelId });
    const stored = await store.get(key);
    return stored === undefined ? undefined : decodeModel(stored.value, key)[method.price];
  }

  return {
    async getPrice(method, modelId) {
      if (modelId === undefined || modelId.length > maxIdLength) throw refuse();
      let price: bigint | undefined;
      try {
        price = await read(method, modelId);
      } catch (cause) {
        throw refuse(cause);
      }
      if (price === undefined) throw refuse();
      return price;
    },
  };
}

// Longer ones would not fit into a key, once they are encoded.
const maxIdLength = 256;

function refuse(cause?: unknown): PaymentRefusal {
  const text = 'internal error: [trainUnaryValidator] no training model found';
  return new PaymentRefusal(statusCode.internal, text, { cause });
}
