import type { JsonObject } from '@snetkit/core';
import { removeText } from './edit-texts.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes an image from the assets of a service.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is not listed
 */
export function removeImage(
  document: JsonObject,
  { value }: { readonly value: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) =>
    removeText(document, context, { list: ['assets', 'images'], value, what: 'image' }),
  );
}
