import type { JsonObject } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import { peek } from '../documents/peek.ts';
import { updateAt } from '../documents/update-at.ts';
import { findGroup } from './find-group.ts';
import { type PaymentSettings, putPaymentSettings } from './payment-settings.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** What changes in a group of an organization; what is not given stays as it is. */
export interface OrganizationGroupChanges extends PaymentSettings {
  readonly groupName: string;
  /** Licence servers; an empty list takes the key away. */
  readonly licenseServerEndpoints?: readonly string[] | undefined;
}

/**
 * Changes the payment settings of a group of an organization. Its id cannot be changed: open
 * channels belong to it.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED`, `ADDRESS_INVALID`, `DURATION_INVALID`
 */
export function updateOrganizationGroup(
  document: JsonObject,
  { groupName, licenseServerEndpoints, ...settings }: OrganizationGroupChanges,
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, (context) => {
    const index = findGroup(context.root, groupName);
    const payment = ['groups', index, 'payment'];
    let result = document;
    for (const at of [payment, [...payment, 'payment_channel_storage_client']]) {
      if (!isObject(peek(result, ...at))) result = updateAt(result, at, () => ({}));
    }
    result = putPaymentSettings(result, context, index, settings);
    if (licenseServerEndpoints === undefined) return result;
    const urls = licenseServerEndpoints.length === 0 ? undefined : [...licenseServerEndpoints];
    return updateAt(result, ['groups', index, 'license_server_endpoints'], () => urls);
  });
}
