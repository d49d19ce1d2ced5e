import type { JsonObject } from '@snetkit/core';
import { renameGroup } from './rename-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Gives a group of a service another name. The name is the link to the organization document.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` when the new name is taken
 */
export function renameServiceGroup(
  document: JsonObject,
  names: { readonly groupName: string; readonly newName: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => renameGroup(document, context, names));
}
