import { type DescMethod, getOption, type Registry } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { findMethod } from '@snetkit/protos';
import { my_method_option, PriceInCogsSchema } from '@snetkit/protos/pricing';
import { getPath } from './method-info.ts';

/**
 * The method that tells what a call of another one costs, when the protos name one (metadata.md 3.3,
 * dynamic pricing): it takes the same message.
 *
 * @throws BaseError `PRICE_NOT_DEFINED` when the protos have no such method, or it tells no price
 */
export function findPriceMethod(method: DescMethod, registry: Registry): DescMethod | undefined {
  const { estimatePriceMethod: name } = getOption(method, my_method_option);
  if (name === '') return undefined;
  let found: DescMethod | undefined;
  try {
    found = findMethod(registry, name);
  } catch {
    // Told below, with the method that names it.
  }
  const isPriceMethod =
    found?.methodKind === 'unary' &&
    found.input.typeName === method.input.typeName &&
    found.output.typeName === PriceInCogsSchema.typeName;
  if (isPriceMethod) return found;
  throw new BaseError(
    'PRICE_NOT_DEFINED',
    'The method that would tell the price cannot be asked.',
    {
      place: getPath(method),
      expected: `a unary method that takes ${method.input.typeName} and gives ${PriceInCogsSchema.typeName}`,
      found: JSON.stringify(name),
    },
  );
}

/** Whether the service tells the price of each call itself. */
export function hasDynamicPrice(method: DescMethod): boolean {
  return getOption(method, my_method_option).estimatePriceMethod !== '';
}
