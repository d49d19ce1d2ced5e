import type { JsonObject } from '@snetkit/core';
import { setServiceDescription } from './set-service-description.ts';
import { type ServiceFields, setServiceFields } from './set-service-fields.ts';

/** What a service document begins with. */
export interface NewServiceMetadata extends ServiceFields {
  readonly displayName: string;
  readonly mpeAddress: string;
  /** Web page; a description is written when one of the three texts is given. */
  readonly url?: string | undefined;
  /** One line, up to 160 characters. */
  readonly shortDescription?: string | undefined;
  readonly description?: string | undefined;
  /** Who made the service; the service itself stands for them unless given. */
  readonly contributors?: readonly { readonly name: string; readonly email: string }[] | undefined;
}

/**
 * Makes a service document without groups. With a group that has id, price, endpoint and daemon
 * address, and with the protos named, the official daemon starts with it and the validator of the
 * official CLI accepts it.
 *
 * @throws BaseError of `setServiceFields`
 */
export function createServiceMetadata({
  displayName,
  mpeAddress,
  encoding = 'proto',
  serviceType = 'grpc',
  apiSource,
  url,
  shortDescription,
  description,
  contributors = [{ name: displayName, email: '' }],
}: NewServiceMetadata): JsonObject {
  const skeleton: JsonObject = {
    version: 1,
    display_name: '',
    encoding,
    service_type: serviceType,
    ...(apiSource !== undefined && { service_api_source: '' }),
    model_ipfs_hash: '',
    mpe_address: '',
    groups: [],
    assets: {},
    media: [],
    tags: [],
    contributors: contributors.map(({ name, email }) => ({ name, email_id: email })),
  };
  const fields = { displayName, mpeAddress, encoding, serviceType, apiSource };
  const document = setServiceFields(skeleton, fields);
  if (url === undefined && shortDescription === undefined && description === undefined) {
    return document;
  }
  return setServiceDescription(document, { url, shortDescription, description });
}
