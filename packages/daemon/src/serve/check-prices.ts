import { BaseError } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import type { ServiceProtos } from './compile-service.ts';

/**
 * Compares the published prices with the published protos. Prices are looked up by path, so nothing
 * here keeps the daemon from starting.
 *
 * @returns lines for the log
 */
export function checkPrices(
  { pricing }: ResolvedService['group'],
  protos: ServiceProtos | BaseError,
): readonly string[] {
  if (protos instanceof BaseError) {
    const { place, shortMessage } = protos;
    return [`the protos of the service do not compile: ${place ?? ''} ${shortMessage}`.trim()];
  }
  if (pricing.model === 'fixed_price') return [];
  const { methodPrices } = pricing;
  const paths = [...protos.methods.keys()];
  const unpriced = paths.filter((path) => !methodPrices.has(path));
  const unknown = [...methodPrices.keys()].filter((path) => !protos.methods.has(path));
  return [
    ...unpriced.map((path) => `no price is published for ${path}; its calls are refused`),
    ...unknown.map((path) => `a price is published for ${path}, which the protos do not have`),
  ];
}
