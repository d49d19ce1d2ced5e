import { type JsonObject, type JsonValue, parseAddress, parseGroupId } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { checkPrice } from './check-price.ts';
import { listGroupNames } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** A group of a service, as far as it is known when it is added. */
export interface NewServiceGroup {
  /** The name of a group of the organization. */
  readonly groupName: string;
  /** Its id; `adoptGroupIds` writes it later unless given. */
  readonly groupId?: string | undefined;
  /** Cogs for each call. */
  readonly priceInCogs?: bigint | undefined;
  readonly endpoints?: readonly string[] | undefined;
  readonly daemonAddresses?: readonly string[] | undefined;
}

/**
 * Adds a group to a service document.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when the name is taken, `GROUP_ID_INVALID`, `ADDRESS_INVALID`
 */
export function addServiceGroup(
  document: JsonObject,
  group: NewServiceGroup,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const { groupName, groupId, priceInCogs, endpoints = [], daemonAddresses = [] } = group;
    const names = listGroupNames(context.root);
    const at = ['groups', names.length];
    if (groupName === '' || names.includes(groupName)) {
      throw context.refuse([...at, 'group_name'], {
        message: groupName === '' ? 'A group has a name.' : 'The service has such a group already.',
        expected: 'a name that no other group has',
        found: JSON.stringify(groupName),
      });
    }
    const place = (key: string) =>
      fieldPlace(context.root.document, `/groups/${names.length}/${key}`);
    if (groupId !== undefined) parseGroupId(groupId, { place: place('group_id') });
    const added: JsonObject = {
      group_name: groupName,
      ...(groupId !== undefined && { group_id: groupId }),
      pricing:
        priceInCogs === undefined
          ? []
          : [createFixedPrice(checkPrice(priceInCogs, [...at, 'pricing'], context))],
      endpoints: endpoints.map((url, i) => checkEndpoint(url, [...at, 'endpoints', i], context)),
      daemon_addresses: daemonAddresses.map((address) =>
        parseAddress(address, { place: place('daemon_addresses') }),
      ),
    };
    return updateAt(document, ['groups'], (groups) => [
      ...(Array.isArray(groups) ? groups : []),
      added,
    ]);
  });
}

function createFixedPrice(price: JsonValue): JsonObject {
  return { price_model: 'fixed_price', price_in_cogs: price, default: true };
}
