import { parseJson } from '@snetkit/core';
import {
  type DocumentName,
  type Field,
  integer,
  items,
  member,
  object,
  rootField,
  text,
} from './field.ts';
import type { OrganizationMetadata, OrganizationMetadataGroup } from './organization-metadata.ts';
import type { ParseMetadataOptions } from './parse-service-metadata.ts';
import { readContacts, readDescription, showText } from './read-presentation.ts';

/**
 * Reads an organization document, current or older. It refuses no JSON object and fields of a wrong
 * type; whether a group can be paid is decided by `getServiceGroup`.
 *
 * @throws BaseError `JSON_INVALID`, `METADATA_INVALID` with JSON pointer
 */
export function parseOrganizationMetadata(
  json: string,
  options: ParseMetadataOptions = {},
): OrganizationMetadata {
  const { place } = options;
  const document: DocumentName = { kind: 'organization', place };
  const root = rootField(parseJson(json, { place: place ?? 'organization metadata' }), document);
  const content = object(root);
  return {
    document: content,
    place,
    organizationName: text(member(root, 'org_name')),
    organizationId: text(member(root, 'org_id')),
    organizationType: showText(content, 'org_type'),
    groups: items(member(root, 'groups')).map(readGroup),
    description: readDescription(content['description']),
    contacts: readContacts(content),
    heroImage: showText(content, 'assets', 'hero_image'),
  };
}

function readGroup(field: Field): OrganizationMetadataGroup {
  object(field);
  const payment = member(field, 'payment');
  const client = member(payment, 'payment_channel_storage_client');
  return {
    groupName: text(member(field, 'group_name')),
    groupId: text(member(field, 'group_id')),
    paymentAddress: text(member(payment, 'payment_address')),
    paymentExpirationThreshold: integer(member(payment, 'payment_expiration_threshold')),
    storage: {
      type: text(member(payment, 'payment_channel_storage_type')),
      connectionTimeout: text(member(client, 'connection_timeout')),
      requestTimeout: text(member(client, 'request_timeout')),
      endpoints: items(member(client, 'endpoints')).map(text),
    },
    licenseServerEndpoints: items(member(field, 'license_server_endpoints')).map(text),
  };
}
