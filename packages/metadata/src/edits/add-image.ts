import type { JsonObject } from '@snetkit/core';
import { checkAssetValue } from './check-asset-value.ts';
import { addText } from './edit-texts.ts';
import { prepareAssets } from './prepare-assets.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Adds an image to the assets of a service: `<cid>/<file name>`, a storage URI or a URL.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is empty or listed
 */
export function addImage(
  document: JsonObject,
  { value }: { readonly value: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['assets', 'images'];
    checkAssetValue(value, list, context);
    return addText(prepareAssets(document, context), context, { list, value, what: 'image' });
  });
}
