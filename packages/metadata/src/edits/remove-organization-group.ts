import type { JsonObject } from '@snetkit/core';
import { updateAt } from '../documents/update-at.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes a payment group from an organization document. Services that name it can no longer be
 * called once that is published, and official tools refuse to publish it.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is no such group, or it is the last one
 */
export function removeOrganizationGroup(
  document: JsonObject,
  { groupName }: { readonly groupName: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, ({ root }) =>
    updateAt(document, ['groups', findGroup(root, groupName)], () => undefined),
  );
}
