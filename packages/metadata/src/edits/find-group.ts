import { BaseError } from '@snetkit/core';
import { type Field, fieldPlace, items, member, text } from '../documents/field.ts';

/**
 * The index of a group.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, for an organization `METADATA_EDIT_REFUSED`
 */
export function findGroup(root: Field, groupName: string): number {
  const names = listGroupNames(root);
  const index = names.indexOf(groupName);
  if (index >= 0) return index;
  const { document } = root;
  const service = document.kind === 'service';
  throw new BaseError(
    service ? 'SERVICE_GROUP_UNKNOWN' : 'METADATA_EDIT_REFUSED',
    `The ${document.kind} has no group ${JSON.stringify(groupName)}.`,
    {
      place: fieldPlace(document, '/groups'),
      expected:
        names.length === 0
          ? 'a group; there is none yet'
          : `one of ${names.map((name) => JSON.stringify(name)).join(', ')}`,
      found: JSON.stringify(groupName),
    },
  );
}

/** The names of the groups of a document, in order. */
export function listGroupNames(root: Field): string[] {
  return items(member(root, 'groups')).map((group) => text(member(group, 'group_name')));
}
