import { type Address, BaseError, sameAddress } from '@snetkit/core';
import { fieldPlace } from './field.ts';
import { parseDocumentAddress } from './parse-document-address.ts';
import type { ServiceMetadata } from './service-metadata.ts';

/**
 * Compares the escrow contract that a service document names with the one that is trusted. Nothing
 * else may ever be done with the address in the document (protocol/sdk.md 4.12).
 *
 * @param expectedMpe from the network table or the configuration
 * @throws BaseError `MPE_ADDRESS_MISMATCH`, `METADATA_INVALID` when it is no address
 */
export function checkMpeAddress(service: ServiceMetadata, expectedMpe: Address): void {
  const document = { kind: 'service', place: service.place } as const;
  const where = { document, pointer: '/mpe_address' };
  const found = parseDocumentAddress(service.mpeAddress, where);
  if (sameAddress(found, expectedMpe)) return;
  throw new BaseError('MPE_ADDRESS_MISMATCH', 'The service uses another escrow contract.', {
    place: fieldPlace(document, where.pointer),
    expected: expectedMpe,
    found,
    hint: 'Check that this is the right network; never pay into a contract that only the document names.',
  });
}
