import type { JsonObject } from '@snetkit/core';
import { setOrganizationDescription } from './set-organization-description.ts';
import { type OrganizationFields, setOrganizationFields } from './set-organization-fields.ts';

/** What an organization document begins with. */
export interface NewOrganizationMetadata extends OrganizationFields {
  readonly organizationName: string;
  /** The id in the registry. */
  readonly organizationId: string;
  readonly organizationType: 'organization' | 'individual';
  /** The full text. */
  readonly description: string;
  /** One line, up to 160 characters; the beginning of the full text unless given. */
  readonly shortDescription?: string | undefined;
  /** Web page. */
  readonly url?: string | undefined;
}

/**
 * Makes an organization document without groups. With a group that has storage endpoints, the
 * official daemon starts with it and the validator of the official CLI accepts it.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED`, `ID_INVALID`
 */
export function createOrganizationMetadata({
  organizationName,
  organizationId,
  organizationType,
  description,
  shortDescription = [...description].slice(0, 160).join(''),
  url = '',
}: NewOrganizationMetadata): JsonObject {
  const skeleton: JsonObject = {
    org_name: '',
    org_id: '',
    org_type: '',
    description: { description: '', short_description: '', url: '' },
    assets: {},
    contacts: [],
    groups: [],
  };
  const fields = { organizationName, organizationId, organizationType };
  const document = setOrganizationFields(skeleton, fields);
  return setOrganizationDescription(document, { description, shortDescription, url });
}
