import type { JsonObject, JsonValue } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import { updateAt } from '../documents/update-at.ts';
import { findDefaultPrice } from './find-default-price.ts';
import type { EditContext } from './run-edit.ts';

/**
 * Changes the price entry of a group that counts, if it has the right model. Without one it is added
 * in front, where official clients look; one of another model is replaced only when that is wanted.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is an entry of another model
 */
export function putDefaultPrice(
  document: JsonObject,
  { root, refuse }: EditContext,
  options: {
    readonly group: number;
    readonly priceModel: 'fixed_price' | 'fixed_price_per_method';
    readonly replace: boolean;
    readonly change: (entry: JsonObject) => JsonObject;
  },
): JsonObject {
  const { group, priceModel, replace, change } = options;
  const at = ['groups', group, 'pricing'];
  const found = findDefaultPrice(root, group);
  const fresh: JsonObject = { price_model: priceModel, default: true };
  if (found.index < 0) {
    return updateAt(document, at, (entries) => [
      change(fresh),
      ...(Array.isArray(entries) ? entries : []),
    ]);
  }
  const place = [...at, found.index];
  if (found.priceModel === priceModel) {
    return updateAt(document, place, (entry: JsonValue | undefined) =>
      isObject(entry) ? change(entry) : entry,
    );
  }
  if (replace) return updateAt(document, place, () => change(fresh));
  throw refuse([...place, 'price_model'], {
    message: 'The group has prices of another kind, and only one kind counts.',
    expected: JSON.stringify(priceModel),
    found: JSON.stringify(found.priceModel),
    hint: 'Ask for the other prices to be replaced.',
  });
}
