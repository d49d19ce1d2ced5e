import type { JsonObject } from '@snetkit/core';
import { member, object } from '../documents/field.ts';
import { type DescriptionTexts, mergeDescription } from './merge-description.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Sets members of the description of an organization. One that is a plain text, as in older
 * documents, becomes the full text.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` for a short text of more than 160 characters
 */
export function setOrganizationDescription(
  document: JsonObject,
  texts: DescriptionTexts,
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, ({ root, refuse }) => {
    const at = ['description', 'short_description'];
    const length = [...(texts.shortDescription ?? '')].length;
    if (length > 160) {
      const expected = 'at most 160 characters';
      throw refuse(at, {
        message: 'The text is too long.',
        expected,
        found: `${length} characters`,
      });
    }
    const field = member(root, 'description');
    const { value } = field;
    const old =
      value === undefined
        ? { url: '' }
        : typeof value === 'string'
          ? { url: '', description: value }
          : object(field);
    return { ...document, description: mergeDescription(old, texts) };
  });
}
