import type { JsonObject } from '@snetkit/core';
import { checkPrice } from './check-price.ts';
import { findGroup } from './find-group.ts';
import { putDefaultPrice } from './put-default-price.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** The price of all methods of a group. */
export interface FixedPrice {
  readonly groupName: string;
  /** Cogs for each call. */
  readonly priceInCogs: bigint;
  /** Drop the prices of single methods that the group has now. */
  readonly replace?: boolean | undefined;
}

/**
 * Sets one price for all methods of a group.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` for what is no price, and when
 *   methods have prices that shall not be replaced
 */
export function setFixedPrice(
  document: JsonObject,
  { groupName, priceInCogs, replace = false }: FixedPrice,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const group = findGroup(context.root, groupName);
    const price = checkPrice(priceInCogs, ['groups', group, 'pricing'], context);
    return putDefaultPrice(document, context, {
      group,
      priceModel: 'fixed_price',
      replace,
      change: (entry) => ({ ...entry, price_in_cogs: price }),
    });
  });
}
