import type { JsonObject } from '@snetkit/core';
import { member, object } from '../documents/field.ts';
import { type DescriptionTexts, mergeDescription } from './merge-description.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Texts about a service; what is not given stays as it is, and `null` takes a text away. */
export interface ServiceDescriptionTexts extends DescriptionTexts {
  /** The full text under the name that it had in older documents. */
  readonly longDescription?: string | null | undefined;
}

/**
 * Sets members of the description of a service. A description that is new gets all that official
 * tools ask for.
 *
 * @throws BaseError `METADATA_INVALID` when the description is no object
 */
export function setServiceDescription(
  document: JsonObject,
  { longDescription, ...texts }: ServiceDescriptionTexts,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root }) => {
    const field = member(root, 'service_description');
    const old = field.value === undefined ? undefined : object(field);
    const long = texts.description ?? longDescription ?? texts.shortDescription ?? '';
    const empty = {
      url: '',
      short_description: '',
      ...(longDescription === undefined && { description: long }),
    };
    const merged = mergeDescription(old ?? empty, texts, { long_description: longDescription });
    return { ...document, service_description: merged };
  });
}
