import type { Registry } from '@bufbuild/protobuf';
import { getPrice, type Pricing } from '@snetkit/metadata';
import { hasDynamicPrice } from './find-price-method.ts';
import { getPath } from './method-info.ts';

/** What calls of a service cost: as published, or as the service told last. Amounts in cogs. */
export class PriceList {
  readonly #pricing: Pricing;
  /** Methods whose calls have a price each. */
  readonly #dynamic: ReadonlySet<string>;
  readonly #told = new Map<string, bigint>();

  constructor(pricing: Pricing, registry: Registry) {
    this.#pricing = pricing;
    const services = [...registry].filter((desc) => desc.kind === 'service');
    const methods = services.flatMap(({ methods }) => methods);
    this.#dynamic = new Set(methods.filter(hasDynamicPrice).map(getPath));
  }

  /**
   * The highest published price, where the service may ask for another one: nobody has agreed to more.
   * Undefined when all prices are published.
   */
  get highestKnown(): bigint | undefined {
    if (this.#dynamic.size === 0) return undefined;
    const pricing = this.#pricing;
    const prices =
      pricing.model === 'fixed_price' ? [pricing.priceInCogs] : [...pricing.methodPrices.values()];
    return prices.reduce((high, price) => (price > high ? price : high), 0n);
  }

  /** @throws BaseError `PRICE_NOT_DEFINED` */
  get(path: string): bigint {
    return this.#told.get(path) ?? getPrice(this.#pricing, path);
  }

  /** Takes note of what the service told for a call; `false` when the published price holds. */
  take(path: string, price: bigint): boolean {
    if (!this.#dynamic.has(path)) return false;
    this.#told.set(path, price);
    return true;
  }
}
