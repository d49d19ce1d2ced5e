import { type JsonObject, parseAddress } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { addText } from './edit-texts.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Adds the address of a daemon to a group of a service.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `ADDRESS_INVALID`, `METADATA_EDIT_REFUSED` when it is listed
 */
export function addDaemonAddress(
  document: JsonObject,
  { groupName, address }: { readonly groupName: string; readonly address: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['groups', findGroup(context.root, groupName), 'daemon_addresses'];
    const place = fieldPlace(context.root.document, formatPointer(list));
    const value = parseAddress(address, { place });
    return addText(document, context, { list, value, what: 'daemon address' });
  });
}
