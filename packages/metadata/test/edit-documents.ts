import { type JsonObject, type JsonValue, parseJson } from '@snetkit/core';
import { organizationText, serviceText } from './documents.ts';
import type { Change } from './vectors.ts';

/** The service document of the vectors, changed and frozen: an edit that writes into it fails. */
export function service(...changes: readonly Change[]): JsonObject {
  return freeze(parseJson(serviceText(...changes))) as JsonObject;
}

/** The organization document of the vectors, changed and frozen. */
export function organization(...changes: readonly Change[]): JsonObject {
  return freeze(parseJson(organizationText(...changes))) as JsonObject;
}

/** Lets nothing inside a value be changed any more. */
export function freeze<T extends JsonValue>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
}

/** The group of the document of the vectors. */
export const groupName = 'default_group';
