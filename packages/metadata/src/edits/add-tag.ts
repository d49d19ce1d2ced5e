import type { JsonObject } from '@snetkit/core';
import { addText } from './edit-texts.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Adds a word to find the service with.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is empty or listed
 */
export function addTag(
  document: JsonObject,
  { tag }: { readonly tag: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    if (tag.trim() === '') throw context.refuse(['tags'], { message: 'The tag is empty.' });
    return addText(document, context, { list: ['tags'], value: tag, what: 'tag' });
  });
}
