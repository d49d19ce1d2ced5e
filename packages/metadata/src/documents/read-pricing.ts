import { type Field, flag, integer, items, member, object, text } from './field.ts';
import type { PricingEntry } from './service-metadata.ts';

/** Reads one price list. */
export function readPricing(field: Field): PricingEntry {
  object(field);
  return {
    priceModel: text(member(field, 'price_model')),
    default: flag(member(field, 'default')),
    priceInCogs: integer(member(field, 'price_in_cogs')),
    packageName: text(member(field, 'package_name')),
    details: items(member(field, 'details')).map((service) => ({
      serviceName: text(member(service, 'service_name')),
      methodPricing: items(member(service, 'method_pricing')).map((method) => ({
        methodName: text(member(method, 'method_name')),
        priceInCogs: integer(member(method, 'price_in_cogs')),
      })),
    })),
  };
}
