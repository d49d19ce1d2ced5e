import { BaseError, parseJson } from '@snetkit/core';
import {
  type DocumentName,
  fieldPlace,
  integer,
  items,
  member,
  object,
  rootField,
  smallInteger,
  text,
} from '../documents/field.ts';
import { findLegacyMark } from '../documents/find-legacy-mark.ts';
import type { ParseMetadataOptions } from '../documents/parse-service-metadata.ts';
import { readPricing } from '../documents/read-pricing.ts';
import type { LegacyServiceMetadata } from './legacy-service-metadata.ts';

/**
 * Reads a service document of the legacy layout. `parseServiceMetadata` refuses it with
 * `METADATA_LEGACY`, so that nobody takes one for the other.
 *
 * @throws BaseError `JSON_INVALID`, `METADATA_INVALID` with JSON pointer, also for a current document
 */
export function parseLegacyServiceMetadata(
  json: string,
  options: ParseMetadataOptions = {},
): LegacyServiceMetadata {
  const { place } = options;
  const name: DocumentName = { kind: 'service', place };
  const value = parseJson(json, { place: place ?? 'service metadata' });
  const root = rootField(value, name);
  const document = object(root);
  if (findLegacyMark(document) === undefined) {
    throw new BaseError(
      'METADATA_INVALID',
      'The service metadata does not have the legacy layout.',
      {
        place: fieldPlace(name, ''),
        expected: 'pricing and endpoints beside the groups',
        hint: 'Read it as a current document.',
      },
    );
  }
  const pricing = member(root, 'pricing');
  return {
    document,
    place,
    version: smallInteger(member(root, 'version')),
    displayName: text(member(root, 'display_name')),
    encoding: text(member(root, 'encoding')),
    serviceType: text(member(root, 'service_type')),
    paymentExpirationThreshold: integer(member(root, 'payment_expiration_threshold')),
    modelIpfsHash: text(member(root, 'model_ipfs_hash')),
    mpeAddress: text(member(root, 'mpe_address')),
    pricing: pricing.value === undefined ? undefined : readPricing(pricing),
    groups: items(member(root, 'groups')).map((group) => {
      object(group);
      return {
        groupName: text(member(group, 'group_name')),
        groupId: text(member(group, 'group_id')),
        paymentAddress: text(member(group, 'payment_address')),
      };
    }),
    endpoints: items(member(root, 'endpoints')).map((entry) => {
      object(entry);
      return {
        groupName: text(member(entry, 'group_name')),
        endpoint: text(member(entry, 'endpoint')),
      };
    }),
  };
}
