import { type JsonObject, parseAddress } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { setTexts } from './edit-texts.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Replaces the addresses of the daemons of a group of a service.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `ADDRESS_INVALID`, `METADATA_EDIT_REFUSED` when one is there twice
 */
export function setDaemonAddresses(
  document: JsonObject,
  { groupName, addresses }: { readonly groupName: string; readonly addresses: readonly string[] },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['groups', findGroup(context.root, groupName), 'daemon_addresses'];
    const place = (i: number) => fieldPlace(context.root.document, formatPointer([...list, i]));
    const values = addresses.map((address, i) => parseAddress(address, { place: place(i) }));
    return setTexts(document, context, { list, values, what: 'daemon address' });
  });
}
