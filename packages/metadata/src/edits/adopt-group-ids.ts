import { type JsonObject, parseGroupId } from '@snetkit/core';
import { fieldPlace, items, member, text } from '../documents/field.ts';
import type { OrganizationMetadata } from '../documents/organization-metadata.ts';
import { updateAt } from '../documents/update-at.ts';
import { listGroupNames } from './find-group.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/**
 * Writes the group ids of the organization into the groups of a service that have the same names, as
 * is done before a service is published.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when the organization lacks a group, `GROUP_ID_INVALID`
 */
export function adoptGroupIds(
  document: JsonObject,
  organization: OrganizationMetadata,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    let result = document;
    for (const [i, name] of listGroupNames(root).entries()) {
      const index = organization.groups.findIndex(({ groupName }) => groupName === name);
      const group = organization.groups[index];
      if (group === undefined) {
        const names = organization.groups.map(({ groupName }) => JSON.stringify(groupName));
        throw refuse(['groups', i, 'group_name'], {
          message: 'The organization has no group of this name.',
          expected: `one of ${names.join(', ')}`,
          found: JSON.stringify(name),
        });
      }
      const { place } = organization;
      parseGroupId(group.groupId, {
        place: fieldPlace({ kind: 'organization', place }, `/groups/${index}/group_id`),
      });
      const own = items(member(root, 'groups'))[i];
      if (own !== undefined && text(member(own, 'group_id')) === group.groupId) continue;
      result = updateAt(result, ['groups', i, 'group_id'], () => group.groupId);
    }
    return result;
  });
}
