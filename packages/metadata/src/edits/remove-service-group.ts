import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes a group from a service document.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` when it is the last one
 */
export function removeServiceGroup(
  document: JsonObject,
  { groupName }: { readonly groupName: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root }) =>
    updateAt(document, ['groups', findGroup(root, groupName)], () => undefined),
  );
}
