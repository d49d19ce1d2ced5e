import type { JsonObject } from '@snetkit/core';
import { getMethodPath } from '../documents/get-method-path.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import { updateAt } from '../documents/update-at.ts';
import { findDefaultPrice } from './find-default-price.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes the price of one method of a group: nobody can call it any more.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` when it has no price, or it is the last one
 */
export function removeMethodPrice(
  document: JsonObject,
  method: {
    readonly groupName: string;
    readonly packageName: string;
    readonly serviceName: string;
    readonly methodName: string;
  },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    const group = findGroup(root, method.groupName);
    const at = ['groups', group, 'pricing', findDefaultPrice(root, group).index];
    const entry = peek(document, ...at);
    const packageName = peek(entry, 'package_name') ?? '';
    const details = peekList(entry, 'details');
    const i = details.findIndex((one) => peek(one, 'service_name') === method.serviceName);
    const methods = peekList(details[i], 'method_pricing');
    const j = methods.findIndex((one) => peek(one, 'method_name') === method.methodName);
    if (packageName !== method.packageName || j < 0) {
      throw refuse(['groups', group, 'pricing'], {
        message: 'The method has no price.',
        found: getMethodPath(method),
      });
    }
    const place = [...at, 'details', i];
    if (methods.length === 1) return updateAt(document, place, () => undefined);
    return updateAt(document, [...place, 'method_pricing', j], () => undefined);
  });
}
