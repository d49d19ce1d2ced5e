import { BaseError } from '@snetkit/core';
import {
  type ContentReference,
  parseContentReference,
} from '../content/parse-content-reference.ts';
import { fieldPlace } from './field.ts';
import type { ServiceMetadata } from './service-metadata.ts';

/** Where the archive of protos of a service lies. */
export interface ApiSource extends ContentReference {
  /** The text of the document. */
  readonly uri: string;
  /** Which document and field says so, for messages. */
  readonly place: string;
}

/**
 * Where the protos of a service are: `service_api_source`, or else the older `model_ipfs_hash`; a
 * value without a scheme is a CID on IPFS.
 *
 * @throws BaseError `API_SOURCE_MISSING`, `STORAGE_URI_INVALID`
 */
export function getApiSource(service: ServiceMetadata): ApiSource {
  const { serviceApiSource, modelIpfsHash, place } = service;
  const uri = serviceApiSource || modelIpfsHash;
  const pointer = serviceApiSource === '' ? '/model_ipfs_hash' : '/service_api_source';
  const at = fieldPlace({ kind: 'service', place }, pointer);
  if (uri !== '') return { ...parseContentReference(uri, { place: at }), uri, place: at };
  throw new BaseError('API_SOURCE_MISSING', 'The service metadata names no proto archive.', {
    place: fieldPlace({ kind: 'service', place }, '/service_api_source'),
    expected: 'the storage URI of an archive of .proto files',
    found: 'nothing',
    hint: 'The provider has to publish the protos and name them in the document.',
  });
}
