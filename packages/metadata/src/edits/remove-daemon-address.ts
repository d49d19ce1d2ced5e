import type { JsonObject } from '@snetkit/core';
import { removeText } from './edit-texts.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes the address of a daemon from a group of a service.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` when it is not listed
 */
export function removeDaemonAddress(
  document: JsonObject,
  { groupName, address }: { readonly groupName: string; readonly address: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['groups', findGroup(context.root, groupName), 'daemon_addresses'];
    return removeText(document, context, { list, value: address, what: 'daemon address' });
  });
}
