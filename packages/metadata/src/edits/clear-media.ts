import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Removes all pictures and videos from a service document. */
export function clearMedia(document: JsonObject, options: EditOptions = {}): JsonObject {
  return runEdit('service', document, options, () => updateAt(document, ['media'], () => []));
}
