import { type JsonObject, parseAddress } from '@snetkit/core';
import { parseCid } from '../content/parse-cid.ts';
import { parseContentReference } from '../content/parse-content-reference.ts';
import { fieldPlace } from '../documents/field.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** Fields of a service document that stand for themselves; what is not given stays as it is. */
export interface ServiceFields {
  readonly displayName?: string | undefined;
  readonly encoding?: 'proto' | 'json' | undefined;
  readonly serviceType?: 'grpc' | 'http' | 'jsonrpc' | 'process' | undefined;
  /** Escrow contract of the network. */
  readonly mpeAddress?: string | undefined;
  /** Storage URI of the proto archive; the older `model_ipfs_hash` becomes empty. */
  readonly apiSource?: string | undefined;
}

/**
 * Sets fields of a service document.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED`, `ADDRESS_INVALID`, `STORAGE_URI_INVALID`, `CID_INVALID`
 */
export function setServiceFields(
  document: JsonObject,
  fields: ServiceFields,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    const { displayName, encoding, serviceType, mpeAddress, apiSource } = fields;
    const place = (key: string) => ({ place: fieldPlace(root.document, `/${key}`) });
    const one = (key: string, value: string | undefined, values: readonly string[]) => {
      if (value === undefined || values.includes(value)) return;
      const message = 'The value is not one of those that are known.';
      throw refuse([key], { message, expected: values.join(', '), found: JSON.stringify(value) });
    };
    if (displayName === '') throw refuse(['display_name'], { message: 'A service has a name.' });
    one('encoding', encoding, ['proto', 'json']);
    one('service_type', serviceType, ['grpc', 'http', 'jsonrpc', 'process']);
    if (apiSource !== undefined) {
      parseCid(
        parseContentReference(apiSource, place('service_api_source')).cid,
        place('service_api_source'),
      );
    }
    return {
      ...document,
      ...(displayName !== undefined && { display_name: displayName }),
      ...(encoding !== undefined && { encoding }),
      ...(serviceType !== undefined && { service_type: serviceType }),
      // The daemon fetches both archives when both are named; the official CLI wants the older key.
      ...(apiSource !== undefined && { service_api_source: apiSource, model_ipfs_hash: '' }),
      ...(mpeAddress !== undefined && {
        mpe_address: parseAddress(mpeAddress, place('mpe_address')),
      }),
    };
  });
}
