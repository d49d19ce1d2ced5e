import { encodeId, type JsonObject } from '@snetkit/core';
import { describeValue } from '../documents/describe-value.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Fields of an organization document that stand for themselves; what is not given stays as it is. */
export interface OrganizationFields {
  readonly organizationName?: string | undefined;
  /** The id in the registry. */
  readonly organizationId?: string | undefined;
  readonly organizationType?: 'organization' | 'individual' | undefined;
}

/**
 * Sets fields of an organization document.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED`, `ID_INVALID`
 */
export function setOrganizationFields(
  document: JsonObject,
  { organizationName, organizationId, organizationType }: OrganizationFields,
  options: EditOptions = {},
): JsonObject {
  return runEdit('organization', document, options, ({ refuse }) => {
    if (organizationName === '') {
      throw refuse(['org_name'], { message: 'An organization has a name.' });
    }
    if (organizationId !== undefined) encodeId(organizationId);
    if (
      organizationType !== undefined &&
      !['organization', 'individual'].includes(organizationType)
    ) {
      throw refuse(['org_type'], {
        message: 'There is no such type of organization.',
        expected: 'organization or individual',
        found: describeValue(organizationType),
      });
    }
    return {
      ...document,
      ...(organizationName !== undefined && { org_name: organizationName }),
      ...(organizationId !== undefined && { org_id: organizationId }),
      ...(organizationType !== undefined && { org_type: organizationType }),
    };
  });
}
