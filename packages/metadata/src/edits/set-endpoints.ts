import type { JsonObject } from '@snetkit/core';
import { checkEndpoint } from './check-endpoint.ts';
import { setTexts } from './edit-texts.ts';
import { findGroup } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Replaces the endpoints of a group of a service.
 *
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_EDIT_REFUSED` for what is no URL, twice there, or nothing
 */
export function setEndpoints(
  document: JsonObject,
  { groupName, endpoints }: { readonly groupName: string; readonly endpoints: readonly string[] },
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, (context) => {
    const list = ['groups', findGroup(context.root, groupName), 'endpoints'];
    const values = endpoints.map((url, i) => checkEndpoint(url, [...list, i], context));
    return setTexts(document, context, { list, values, what: 'endpoint' });
  });
}
