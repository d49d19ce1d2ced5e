import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { findMedia } from './find-media.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Lets two pictures or videos change their places in the gallery.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when nothing has one of the places
 */
export function swapMedia(
  document: JsonObject,
  { first, second }: { readonly first: number; readonly second: number },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const [a, b] = [findMedia(context, first), findMedia(context, second)];
    const moved = updateAt(document, ['media', a.index, 'order'], () => second);
    return updateAt(moved, ['media', b.index, 'order'], () => first);
  });
}
