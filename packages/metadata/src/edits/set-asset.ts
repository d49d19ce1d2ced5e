import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { checkAssetValue } from './check-asset-value.ts';
import { type DocumentKind, prepareAssets } from './prepare-assets.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Assets that there is one of. An organization has only the first. */
export type AssetName = 'hero_image' | 'documentation' | 'terms_of_use';

/**
 * Sets an asset of a service or an organization: `<cid>/<file name>`, a storage URI or a URL.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when the text is empty, or the document has no such asset
 */
export function setAsset(
  document: JsonObject,
  asset: { readonly kind: DocumentKind; readonly name: AssetName; readonly value: string },
  options: EditOptions = {},
): JsonObject {
  const { kind, name, value } = asset;
  return runEdit(kind, document, options, (context) => {
    const at = ['assets', name];
    if (kind === 'organization' && name !== 'hero_image') {
      const message = 'An organization has no such asset.';
      throw context.refuse(at, { message, expected: 'hero_image', found: name });
    }
    checkAssetValue(value, at, context);
    return updateAt(prepareAssets(document, context), at, () => value);
  });
}
