import type { JsonObject } from '@snetkit/core';
import { checkEndpoint } from './check-endpoint.ts';
import { addText } from './edit-texts.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Adds an endpoint to a group of a service.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` when it is no URL or is listed
 */
export function addEndpoint(
  document: JsonObject,
  { groupName, endpoint }: { readonly groupName: string; readonly endpoint: string },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['groups', findGroup(context.root, groupName), 'endpoints'];
    const value = checkEndpoint(endpoint, list, context);
    return addText(document, context, { list, value, what: 'endpoint' });
  });
}
