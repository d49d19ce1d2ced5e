import { bytesToBase64, paymentTypes } from '@snetkit/core';
import type { ServiceGroup } from '@snetkit/metadata';
import {
  createDefaultStrategy,
  createFreeCallStrategy,
  createPrepaidStrategy,
  type FreeCallStrategy,
  type PaidStrategyOptions,
  type PaymentStrategy,
  type PrepaidStrategy,
  type TrainingTerms,
} from '@snetkit/payments';
import { createChannelPool } from './create-channel-pool.ts';

/**
 * A way to pay for calls (seed 004, PaymentStrategy). `default`: free calls while there are any, then
 * one signed amount for each call, or calls bought beforehand where they would have to take turns;
 * `paid`, `prepaid` and `free`: only that.
 */
export type StrategyName = 'default' | 'paid' | 'prepaid' | 'free';

/** All that is known of who pays whom. */
export interface CreateStrategyOptions extends PaidStrategyOptions {
  readonly name: StrategyName;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly serviceGroup: ServiceGroup;
  /** `false`: nothing is bought beforehand unless `prepaid` is chosen. */
  readonly concurrency: boolean;
  /** Calls that are bought at once beforehand. */
  readonly callsPerToken: bigint | undefined;
  /** Most channels that are used side by side where a daemon takes one call at a time on each. */
  readonly channels: number;
  /** Refuses what is not to be paid by an amount of its own any more. */
  checkPrice(price: bigint): void;
}

/** The chosen way to pay, and the parts of it that tell more. */
export interface ChosenStrategy {
  readonly strategy: PaymentStrategy;
  readonly free: FreeCallStrategy;
  readonly prepaid: PrepaidStrategy;
  /** Pays one call about a model what was agreed, whatever was chosen for other calls. */
  forTraining(terms: TrainingTerms): PaymentStrategy;
  /** Writes down what is not written yet. */
  close(): Promise<void>;
}

/** Makes the strategies of the seed and chooses one. */
export function createStrategy(options: CreateStrategyOptions): ChosenStrategy {
  const { name, organizationId, serviceId, serviceGroup, concurrency } = options;
  const { chain, signer, account, daemon, blockSeconds } = options;
  const free = createFreeCallStrategy({
    chain,
    // A quota belongs to the wallet, not to a key that signs its payments.
    signer: account ?? signer,
    daemon,
    service: { organizationId, serviceId, groupId: bytesToBase64(serviceGroup.groupId) },
    blockSeconds,
  });
  const paid = createChannelPool({
    ...options,
    async getPrice(path) {
      const price = await options.getPrice(path);
      options.checkPrice(price);
      return price;
    },
  });
  const prepaid = createPrepaidStrategy(options);
  const all: Record<StrategyName, PaymentStrategy> = {
    paid,
    prepaid,
    free,
    default: createDefaultStrategy({
      paid,
      // A wallet that leaves payments to another key is not asked for a signature in every block.
      ...(serviceGroup.freeCalls > 0 && (account ?? signer) === signer && { free }),
      ...(concurrency && { prepaid }),
    }),
  };
  return {
    strategy: all[name],
    free,
    prepaid,
    forTraining: (training) => ({
      name: paymentTypes.train,
      getPrice: async () => training.price,
      pay(call) {
        options.checkPrice(training.price);
        return paid.pay({ ...call, training });
      },
    }),
    close: () => paid.close(),
  };
}
