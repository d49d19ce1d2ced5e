import { type JsonObject, parseGroupId } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import { listGroupNames } from './find-group.ts';
import { type PaymentSettings, putPaymentSettings } from './payment-settings.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** A group of an organization; what is left out has the default of the official CLI, except the threshold. */
export interface NewOrganizationGroup extends PaymentSettings {
  readonly groupName: string;
  /** 32 bytes in base64: `createGroupId` makes one. */
  readonly groupId: string;
  readonly paymentAddress: string;
}

/**
 * Adds a payment group to an organization document. The threshold is 40320 blocks unless given.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when the name is taken, `GROUP_ID_INVALID`,
 *   `ADDRESS_INVALID`, `DURATION_INVALID`
 */
export function addOrganizationGroup(
  document: JsonObject,
  { groupName, groupId, ...settings }: NewOrganizationGroup,
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, (context) => {
    const names = listGroupNames(context.root);
    const index = names.length;
    if (groupName === '' || names.includes(groupName)) {
      throw context.refuse(['groups', index, 'group_name'], {
        message:
          groupName === '' ? 'A group has a name.' : 'The organization has such a group already.',
        expected: 'a name that no other group has',
        found: JSON.stringify(groupName),
      });
    }
    parseGroupId(groupId, {
      place: fieldPlace(context.root.document, `/groups/${index}/group_id`),
    });
    const added: JsonObject = {
      group_name: groupName,
      group_id: groupId,
      payment: {
        payment_address: '',
        payment_expiration_threshold: 40320,
        payment_channel_storage_type: 'etcd',
        payment_channel_storage_client: {
          connection_timeout: '7s',
          request_timeout: '5s',
          endpoints: [],
        },
      },
    };
    const extended = updateAt(document, ['groups'], (groups) => [
      ...(Array.isArray(groups) ? groups : []),
      added,
    ]);
    return putPaymentSettings(extended, context, index, settings);
  });
}
