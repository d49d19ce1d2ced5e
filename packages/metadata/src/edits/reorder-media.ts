import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { findMedia } from './find-media.ts';
import { readMedia } from './read-media.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Gives all pictures and videos new places.
 *
 * @param orders their present places, in the order in which they shall stand; numbered from 1 afterwards
 * @throws BaseError `METADATA_EDIT_REFUSED` unless each place is named once
 */
export function reorderMedia(
  document: JsonObject,
  { orders }: { readonly orders: readonly number[] },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const media = readMedia(context.root);
    if (new Set(orders).size !== orders.length || orders.length !== media.length) {
      throw context.refuse(['media'], {
        message: 'Each place has to be named once.',
        expected: media.map(({ order }) => order ?? 'nothing').join(', '),
        found: orders.join(', '),
      });
    }
    const entries = orders.map((order) => findMedia(context, order));
    return entries.reduce(
      (result, { index }, i) => updateAt(result, ['media', index, 'order'], () => i + 1),
      document,
    );
  });
}
