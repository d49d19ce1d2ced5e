import type { JsonObject } from '@snetkit/core';
import { peek } from '../documents/peek.ts';
import { updateAt } from '../documents/update-at.ts';
import type { DocumentKind } from './prepare-assets.ts';
import { type EditOptions, runEdit } from './run-edit.ts';
import type { AssetName } from './set-asset.ts';

/**
 * Removes an asset, or all images, from a service or an organization. Nothing is left behind.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is no such asset
 */
export function removeAsset(
  document: JsonObject,
  asset: { readonly kind: DocumentKind; readonly name: AssetName | 'images' },
  options: EditOptions = {},
): JsonObject {
  return runEdit(asset.kind, document, options, ({ refuse }) => {
    const at = ['assets', asset.name];
    if (peek(document, ...at) === undefined) {
      throw refuse(at, { message: 'There is no such asset.' });
    }
    return updateAt(document, at, () => undefined);
  });
}
