import { BaseError, type JsonObject } from '@snetkit/core';
import { type DocumentName, type Field, fieldPlace, rootField } from '../documents/field.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { validateOrganizationMetadata } from '../validation/validate-organization-metadata.ts';
import { validateServiceMetadata } from '../validation/validate-service-metadata.ts';

/** Options of every edit. */
export interface EditOptions {
  /** Where the document was read, for messages. */
  readonly place?: string | undefined;
  /** Let a document that has no error get one, for later edits to mend. */
  readonly incomplete?: boolean | undefined;
}

/** What an edit works with. */
export interface EditContext {
  readonly root: Field;
  /** The error of an edit that is not possible. */
  readonly refuse: (
    at: readonly (string | number)[],
    why: { message: string; expected?: string; found?: string; hint?: string },
  ) => BaseError;
}

/**
 * Runs an edit. A document without errors has none afterwards, or the edit is refused.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED`, and what the edit throws
 */
export function runEdit(
  kind: DocumentName['kind'],
  document: JsonObject,
  { place, incomplete = false }: EditOptions,
  edit: (context: EditContext) => JsonObject,
): JsonObject {
  const name: DocumentName = { kind, place };
  const result = edit({
    root: rootField(document, name),
    refuse: (at, { message, ...rest }) =>
      new BaseError('METADATA_EDIT_REFUSED', message, {
        place: fieldPlace(name, formatPointer(at)),
        ...rest,
      }),
  });
  if (incomplete) return result;
  const fault = findError(kind, result);
  if (fault === undefined || findError(kind, document) !== undefined) return result;
  throw new BaseError('METADATA_EDIT_REFUSED', 'The document would not work any more.', {
    place: fieldPlace(name, fault.pointer),
    expected: fault.expected,
    found: `${fault.found}: ${fault.message}`,
    hint: 'Set what shall take its place at once, or let the document be incomplete for a while.',
  });
}

function findError(kind: DocumentName['kind'], document: JsonObject) {
  const findings =
    kind === 'service' ? validateServiceMetadata(document) : validateOrganizationMetadata(document);
  return findings.find(({ level }) => level === 'error');
}
