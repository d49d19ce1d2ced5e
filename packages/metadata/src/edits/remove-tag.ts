import type { JsonObject } from '@snetkit/core';
import { removeText } from './edit-texts.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes a word to find the service with.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is not listed
 */
export function removeTag(
  document: JsonObject,
  { tag }: { readonly tag: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) =>
    removeText(document, context, { list: ['tags'], value: tag, what: 'tag' }),
  );
}
