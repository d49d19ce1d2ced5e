import type { JsonObject, JsonValue } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import { checkPrice } from './check-price.ts';
import { findGroup } from './find-group.ts';
import { putDefaultPrice } from './put-default-price.ts';
import { type EditContext, type EditOptions, runEdit } from './run-edit.ts';

/** The price of one method. */
export interface MethodPrice {
  readonly groupName: string;
  /** Empty when the proto has no package. */
  readonly packageName: string;
  readonly serviceName: string;
  readonly methodName: string;
  /** Cogs for each call. */
  readonly priceInCogs: bigint;
  /** Drop the price for all methods that the group has now: those without a price cannot be called. */
  readonly replace?: boolean | undefined;
}

/**
 * Sets the price of one method of a group; that of another method stays as it is.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` for what is no price, when the
 *   methods of the group belong to another package, and when there is a price for all methods that
 *   shall not be replaced
 */
export function setMethodPrice(
  document: JsonObject,
  price: MethodPrice,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const { groupName, priceInCogs, replace = false } = price;
    const group = findGroup(context.root, groupName);
    const value = checkPrice(priceInCogs, ['groups', group, 'pricing'], context);
    for (const [key, name] of [
      ['service_name', price.serviceName],
      ['method_name', price.methodName],
    ] as const) {
      if (name !== '') continue;
      throw context.refuse(['groups', group, 'pricing'], { message: `There is no ${key}.` });
    }
    return putDefaultPrice(document, context, {
      group,
      priceModel: 'fixed_price_per_method',
      replace,
      change: (entry) => putMethod(entry, price, value, { context, group }),
    });
  });
}

function putMethod(
  entry: JsonObject,
  { packageName, serviceName, methodName }: MethodPrice,
  price: JsonValue,
  { context, group }: { context: EditContext; group: number },
): JsonObject {
  const details = peekList(entry, 'details');
  const written = peek(entry, 'package_name') ?? '';
  if (details.length > 0 && written !== packageName) {
    throw context.refuse(['groups', group, 'pricing'], {
      message: 'All methods with prices belong to one package.',
      expected: JSON.stringify(written),
      found: JSON.stringify(packageName),
    });
  }
  const method = { method_name: methodName, price_in_cogs: price };
  const index = details.findIndex((one) => peek(one, 'service_name') === serviceName);
  const service = details[index];
  if (!isObject(service)) {
    const added = { service_name: serviceName, method_pricing: [method] };
    return { ...entry, package_name: packageName, details: [...details, added] };
  }
  const methods = peekList(service, 'method_pricing');
  const at = methods.findIndex((one) => peek(one, 'method_name') === methodName);
  const old = methods[at];
  const prices = isObject(old)
    ? methods.with(at, { ...old, price_in_cogs: price })
    : [...methods, method];
  return { ...entry, details: details.with(index, { ...service, method_pricing: prices }) };
}
