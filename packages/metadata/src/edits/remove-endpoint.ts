import type { JsonObject } from '@snetkit/core';
import { removeText } from './edit-texts.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Removes an endpoint from a group of a service.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` when it is not listed, or the last one
 */
export function removeEndpoint(
  document: JsonObject,
  { groupName, endpoint }: { readonly groupName: string; readonly endpoint: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['groups', findGroup(context.root, groupName), 'endpoints'];
    return removeText(document, context, { list, value: endpoint, what: 'endpoint' });
  });
}
