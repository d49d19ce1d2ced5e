import type { JsonObject } from '@snetkit/core';
import { type FixedDocument, fixDocument } from './fix-document.ts';
import {
  type ValidateServiceOptions,
  validateServiceMetadata,
} from './validate-service-metadata.ts';

/** Applies all fixes that `validateServiceMetadata` offers for a service document. */
export function fixServiceMetadata(
  document: JsonObject,
  options: Omit<ValidateServiceOptions, 'text'> = {},
): FixedDocument {
  return fixDocument(document, (current) => validateServiceMetadata(current, options));
}
