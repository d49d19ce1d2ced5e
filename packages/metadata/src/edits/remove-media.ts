import type { JsonObject } from '@snetkit/core';
import { toJsonInteger } from '../documents/to-json-integer.ts';
import { updateAt } from '../documents/update-at.ts';
import { findMedia } from './find-media.ts';
import { readMedia } from './read-media.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes a picture or a video; those behind it move up by one.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when nothing has that place
 */
export function removeMedia(
  document: JsonObject,
  { order }: { readonly order: number },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const { index } = findMedia(context, order);
    let result = document;
    for (const entry of readMedia(context.root)) {
      if (entry.order === undefined || entry.order <= order) continue;
      const before = toJsonInteger(entry.order - 1n);
      result = updateAt(result, ['media', entry.index, 'order'], () => before);
    }
    return updateAt(result, ['media', index], () => undefined);
  });
}
