import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { findGroup, listGroupNames } from './find-group.ts';
import type { EditContext } from './run-edit.ts';

/** Gives a group another name, which no other group has. */
export function renameGroup(
  document: JsonObject,
  { root, refuse }: EditContext,
  { groupName, newName }: { readonly groupName: string; readonly newName: string },
): JsonObject {
  const at = ['groups', findGroup(root, groupName), 'group_name'];
  if (newName === '' || (newName !== groupName && listGroupNames(root).includes(newName))) {
    throw refuse(at, {
      message: newName === '' ? 'A group has a name.' : 'Another group has this name.',
      expected: 'a name that no other group has',
      found: JSON.stringify(newName),
    });
  }
  return updateAt(document, at, () => newName);
}
