import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import type { DocumentKind } from './prepare-assets.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Removes all assets from a service or an organization document. */
export function clearAssets(
  document: JsonObject,
  { kind }: { readonly kind: DocumentKind },
  options: EditOptions = {},
): JsonObject {
  return runEdit(kind, document, options, () => updateAt(document, ['assets'], () => ({})));
}
