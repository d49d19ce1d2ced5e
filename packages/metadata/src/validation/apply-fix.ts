import type { JsonObject, JsonValue } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import { parsePointer } from '../documents/json-pointer.ts';
import { peek } from '../documents/peek.ts';
import { updateAt } from '../documents/update-at.ts';
import type { DocumentFix, PatchOperation } from './document-fix.ts';

/**
 * Does what a finding offers, to a copy of the document that the finding is about. Several fixes of
 * one validation may shift each other's places: `fixServiceMetadata` and `fixOrganizationMetadata`
 * take care of that.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when the document has no such place
 */
export function applyFix(document: JsonObject, fix: DocumentFix): JsonObject {
  return fix.patch.reduce(applyOperation, document);
}

function applyOperation(document: JsonObject, operation: PatchOperation): JsonObject {
  const steps = parsePointer(operation.path);
  switch (operation.op) {
    case 'remove':
      return updateAt(document, steps, () => undefined);
    case 'move':
      return move(document, parsePointer(operation.from), steps);
    default:
      return updateAt(document, steps, () => operation.value);
  }
}

function move(document: JsonObject, from: string[], to: string[]): JsonObject {
  const [old = '', key = ''] = [from.at(-1), to.at(-1)];
  const parent = from.slice(0, -1);
  if (parent.join('/') === to.slice(0, -1).join('/')) {
    // A key that is renamed keeps its place among the others.
    return updateAt(document, parent, (value) =>
      isObject(value) ? rename(value, old, key) : value,
    );
  }
  const value = peek(document, ...from.map(toStep));
  const without = updateAt(document, from, () => undefined);
  return value === undefined ? without : updateAt(without, to, () => value);
}

function rename(object: JsonObject, from: string, to: string): JsonObject {
  const entries: [string, JsonValue][] = Object.entries(object).filter(([key]) => key !== to);
  return Object.fromEntries(entries.map(([key, value]) => [key === from ? to : key, value]));
}

function toStep(step: string): string | number {
  return /^[0-9]+$/.test(step) ? Number(step) : step;
}
