import type { BaseError } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import type { PricedCall } from '../call/handle-call.ts';
import { createPricing } from '../pricing/create-pricing.ts';
import type { Pricing } from '../pricing/pricing.ts';
import { compileService, type ServiceProtos } from './compile-service.ts';

/** What is published of the service, as it counts now; it may be another one at the next look. */
export interface PublishedService {
  readonly service: ResolvedService;
  /** The published protos, or why they do not compile. */
  readonly protos: ServiceProtos | BaseError;
  /** Prices that follow; a call keeps the one that it was told when it began. */
  readonly pricing: Pricing;
  /** Why what is registered does not count; undefined when it does. */
  readonly problem: string | undefined;
  /** Calls back when something else counts. */
  subscribe(listener: () => void): void;
}

/** The side of {@link PublishedService} on which it changes. */
export interface PublishedServiceState extends PublishedService {
  /** From now on this counts. */
  adopt(service: ResolvedService): void;
  /** What counts stays; `undefined` when that is what is registered. */
  setProblem(problem: string | undefined): void;
}

/** What was published at the start. */
export function createPublishedService(initial: ResolvedService): PublishedServiceState {
  const listeners = new Set<() => void>();
  let service = initial;
  let protos = compileService(service.protoFiles);
  let prices = createPricing(service.group);
  let problem: string | undefined;
  return {
    get service() {
      return service;
    },
    get protos() {
      return protos;
    },
    get problem() {
      return problem;
    },
    pricing: {
      get name() {
        return prices.name;
      },
      getPrice: (call: PricedCall) => prices.getPrice(call),
    },
    subscribe: (listener) => void listeners.add(listener),
    adopt(next) {
      // All of it or nothing: what throws here leaves the old in place.
      const nextPrices = createPricing(next.group);
      const nextProtos = compileService(next.protoFiles);
      [service, prices, protos, problem] = [next, nextPrices, nextProtos, undefined];
      for (const listener of listeners) listener();
    },
    setProblem(text) {
      problem = text;
    },
  };
}
