import { BaseError, parseJson } from '@snetkit/core';
import {
  type DocumentName,
  type Field,
  items,
  member,
  object,
  rootField,
  smallInteger,
  text,
} from './field.ts';
import { findLegacyMark } from './find-legacy-mark.ts';
import { readAddOns, readLicenses } from './read-licenses.ts';
import { readServicePresentation, showTexts } from './read-presentation.ts';
import { readPricing } from './read-pricing.ts';
import type { ServiceMetadata, ServiceMetadataGroup } from './service-metadata.ts';

/** Options of {@link parseServiceMetadata} and {@link parseOrganizationMetadata}. */
export interface ParseMetadataOptions {
  /** Where the text was read, a file or a storage URI, for messages. */
  readonly place?: string | undefined;
}

/**
 * Reads a service document. It refuses what cannot be understood: no JSON object, a field of a
 * wrong type, the legacy layout. Whether group, prices and addresses can be used is decided by
 * `getServiceGroup`, for the group that is asked for.
 *
 * @throws BaseError `JSON_INVALID`, `METADATA_INVALID` with JSON pointer, `METADATA_LEGACY`
 */
export function parseServiceMetadata(
  json: string,
  options: ParseMetadataOptions = {},
): ServiceMetadata {
  const { place } = options;
  const document: DocumentName = { kind: 'service', place };
  const root = rootField(parseJson(json, { place: place ?? 'service metadata' }), document);
  const content = object(root);
  refuseLegacy(root);
  return {
    document: content,
    place,
    version: smallInteger(member(root, 'version')),
    displayName: text(member(root, 'display_name')),
    encoding: text(member(root, 'encoding')),
    serviceType: text(member(root, 'service_type')),
    serviceApiSource: text(member(root, 'service_api_source')),
    modelIpfsHash: text(member(root, 'model_ipfs_hash')),
    mpeAddress: text(member(root, 'mpe_address')),
    groups: items(member(root, 'groups')).map(readGroup),
    ...readServicePresentation(content),
  };
}

function readGroup(field: Field): ServiceMetadataGroup {
  object(field);
  return {
    groupName: text(member(field, 'group_name')),
    groupId: text(member(field, 'group_id')),
    endpoints: items(member(field, 'endpoints')).map(text),
    pricing: items(member(field, 'pricing')).map(readPricing),
    freeCalls: smallInteger(member(field, 'free_calls')),
    freeCallSignerAddress: text(member(field, 'free_call_signer_address')),
    daemonAddresses: showTexts(field.value, 'daemon_addresses'),
    licenses: readLicenses(member(field, 'licenses')),
    addOns: readAddOns(member(field, 'addOns')),
  };
}

function refuseLegacy(root: Field): void {
  const mark = findLegacyMark(root.value ?? null);
  if (mark === undefined) return;
  const { place } = root.document;
  throw new BaseError('METADATA_LEGACY', 'The service metadata has the legacy layout.', {
    place: `${place ?? 'service metadata'}, ${mark}`,
    expected: 'pricing and endpoints inside groups, and the payment address with the organization',
    found: mark,
    hint: 'Convert the document: move pricing and endpoints into each group, and the payment address into the organization metadata.',
  });
}
