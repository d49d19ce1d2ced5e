import type { JsonObject } from '@snetkit/core';
import { type FixedDocument, fixDocument } from './fix-document.ts';
import {
  type ValidateOrganizationOptions,
  validateOrganizationMetadata,
} from './validate-organization-metadata.ts';

/** Applies all fixes that `validateOrganizationMetadata` offers for an organization document. */
export function fixOrganizationMetadata(
  document: JsonObject,
  options: Omit<ValidateOrganizationOptions, 'text'> = {},
): FixedDocument {
  return fixDocument(document, (current) => validateOrganizationMetadata(current, options));
}
