import { type JsonValue, stringifyJson } from '@snetkit/core';
import type { DocumentFix, PatchOperation } from './document-fix.ts';

/** A fix of one operation, with the sentence that says what it does. */
export function createFix(operation: PatchOperation): DocumentFix {
  return { summary: summarize(operation), patch: [operation] };
}

function summarize(operation: PatchOperation): string {
  switch (operation.op) {
    case 'remove':
      return `Remove ${operation.path}.`;
    case 'move':
      return `Rename ${operation.from} to ${operation.path}.`;
    default:
      return `Set ${operation.path} to ${show(operation.value)}.`;
  }
}

function show(value: JsonValue): string {
  const text = stringifyJson(value);
  return text.length <= 80 ? text : 'its corrected form';
}
