import type { JsonValue } from '@snetkit/core';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';

/** The groups of a document by name; of several with one name the first, as everybody reads them. */
export function indexGroups(
  document: JsonValue,
): Map<JsonValue | undefined, { readonly index: number; readonly group: JsonValue }> {
  const groups = new Map<JsonValue | undefined, { index: number; group: JsonValue }>();
  for (const [index, group] of peekList(document, 'groups').entries()) {
    const name = peek(group, 'group_name');
    if (!groups.has(name)) groups.set(name, { index, group });
  }
  return groups;
}
