import type { JsonObject } from '@snetkit/core';
import { peek } from '../documents/peek.ts';
import { updateAt } from '../documents/update-at.ts';
import { findMedia } from './find-media.ts';
import { readMedia } from './read-media.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Makes an image of the gallery the picture of the service, and no other.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when nothing has that place, or it is no image
 */
export function setHeroImage(
  document: JsonObject,
  { order }: { readonly order: number },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const { index } = findMedia(context, order);
    const type = peek(document, 'media', index, 'file_type');
    if (type !== 'image') {
      throw context.refuse(['media', index, 'file_type'], {
        message: 'Only an image can be the picture of the service.',
        expected: '"image"',
        found: JSON.stringify(type) ?? 'nothing',
      });
    }
    const others = readMedia(context.root).filter(
      (entry) =>
        entry.index !== index &&
        peek(document, 'media', entry.index, 'asset_type') === 'hero_image',
    );
    const cleared = others.reduce(
      (result, other) => updateAt(result, ['media', other.index, 'asset_type'], () => undefined),
      document,
    );
    return updateAt(cleared, ['media', index, 'asset_type'], () => 'hero_image');
  });
}
