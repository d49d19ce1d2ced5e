import { BaseError } from '@snetkit/core';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../observe/logger.ts';
import { createDynamicPricing } from '../pricing/dynamic.ts';
import { checkPriceMethods, listPriceMethods } from '../pricing/list-price-methods.ts';
import type { Pricing } from '../pricing/pricing.ts';
import type { Upstream } from '../upstreams/upstream.ts';
import type { PaidSide } from './paid-side.ts';

/**
 * What calls cost: the published prices, or those that the service tells (`enable_dynamic_pricing`).
 *
 * @throws BaseError when prices are dynamic and the protos, which say how, do not compile: published
 *   prices would be taken in silence
 */
export function openPricing(options: {
  readonly config: Config;
  readonly paid: Pick<PaidSide, 'published' | 'protos' | 'service'>;
  readonly upstream: Upstream;
  readonly drop: ReadonlySet<string>;
  readonly log: Logger;
}): Pricing {
  const { config, paid, upstream, drop, log } = options;
  const { protos, service } = paid;
  const { pricing: fallback } = paid.published;
  if (!config.enable_dynamic_pricing) return fallback;
  if (protos instanceof BaseError) throw protos;
  const priceMethods = listPriceMethods(protos.methods);
  for (const line of checkPriceMethods(priceMethods, protos.methods)) {
    log.warn({ event: 'prices' }, line);
  }
  return createDynamicPricing({
    ...{ fallback, priceMethods, upstream, drop },
    encoding: service.service.encoding === 'json' ? 'json' : 'proto',
    timeoutMs: config.dynamic_price_timeout,
    messageTimeoutMs: config.service_timeout || 2 ** 31 - 1,
  });
}
