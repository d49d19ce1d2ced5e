import type { JsonObject } from '@snetkit/core';
import { member, object } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import type { EditContext } from './run-edit.ts';

/** The two documents that a provider publishes. */
export type DocumentKind = 'service' | 'organization';

/** The document with a place for assets. */
export function prepareAssets(document: JsonObject, { root }: EditContext): JsonObject {
  const assets = member(root, 'assets');
  if (assets.value === undefined) return updateAt(document, ['assets'], () => ({}));
  object(assets);
  return document;
}
