import type { JsonObject } from '@snetkit/core';
import { renameGroup } from './rename-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Gives a group of an organization another name. The name is the link to service documents, which have to follow.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is no such group, or the new name is taken
 */
export function renameOrganizationGroup(
  document: JsonObject,
  names: { readonly groupName: string; readonly newName: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, (context) =>
    renameGroup(document, context, names),
  );
}
