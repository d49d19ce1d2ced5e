import { type Address, BaseError, equalBytes, parseGroupId } from '@snetkit/core';
import { createPricing } from './create-pricing.ts';
import { type DocumentName, fieldPlace, invalidField } from './field.ts';
import type {
  OrganizationMetadata,
  OrganizationMetadataGroup,
  PaymentStorage,
} from './organization-metadata.ts';
import { parseDocumentAddress } from './parse-document-address.ts';
import type { Pricing } from './pricing.ts';
import type { ServiceMetadata, ServiceMetadataGroup } from './service-metadata.ts';

/** A group of a service with everything that calling and serving it takes, from both documents. */
export interface ServiceGroup {
  readonly groupName: string;
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  /** URLs of daemons; may be empty. */
  readonly endpoints: readonly string[];
  readonly pricing: Pricing;
  /** The recipient of channels. */
  readonly paymentAddress: Address;
  /** Blocks that a channel must outlive the current block by. */
  readonly paymentExpirationThreshold: bigint;
  readonly freeCalls: number;
  /** Signer of free-call tokens; `undefined` when there are no free calls. */
  readonly freeCallSignerAddress: Address | undefined;
  readonly storage: PaymentStorage;
}

/**
 * Joins a group of a service with the group of the same name of its organization and checks what
 * money depends on: both documents give the same group id, the payment address is one and not zero,
 * the threshold is there, the prices can be used (protocol/metadata.md 6).
 *
 * @param groupName the first group of the service unless given
 * @throws BaseError `SERVICE_GROUP_UNKNOWN`, `METADATA_DISAGREES`, `METADATA_INVALID`,
 *   `PRICING_INVALID`, `GROUP_ID_INVALID`
 */
export function getServiceGroup(
  service: ServiceMetadata,
  organization: OrganizationMetadata,
  groupName?: string,
): ServiceGroup {
  const index = service.groups.findIndex(
    (group) => groupName === undefined || group.groupName === groupName,
  );
  const own = service.groups[index];
  if (own === undefined) throw unknownGroup(service, groupName);
  const other = organization.groups.findIndex((group) => group.groupName === own.groupName);
  const shared = organization.groups[other];
  if (shared === undefined) throw missingGroup(organization, own.groupName);
  const serviceName: DocumentName = { kind: 'service', place: service.place };
  const organizationName: DocumentName = { kind: 'organization', place: organization.place };
  const at = `/groups/${index}`;
  const payment = `/groups/${other}/payment`;
  return {
    groupName: own.groupName,
    groupId: agreeOnGroupId(own, shared, {
      service: fieldPlace(serviceName, `${at}/group_id`),
      organization: fieldPlace(organizationName, `/groups/${other}/group_id`),
    }),
    endpoints: own.endpoints,
    pricing: createPricing(own.pricing, { place: fieldPlace(serviceName, `${at}/pricing`) }),
    paymentAddress: readPaymentAddress(shared, organizationName, payment),
    paymentExpirationThreshold: readThreshold(shared, organizationName, payment),
    freeCalls: own.freeCalls,
    freeCallSignerAddress:
      own.freeCallSignerAddress === ''
        ? undefined
        : parseDocumentAddress(own.freeCallSignerAddress, {
            document: serviceName,
            pointer: `${at}/free_call_signer_address`,
          }),
    storage: shared.storage,
  };
}

function agreeOnGroupId(
  own: ServiceMetadataGroup,
  shared: OrganizationMetadataGroup,
  places: { service: string; organization: string },
): Uint8Array {
  const groupId = parseGroupId(shared.groupId, { place: places.organization });
  // Without an id of its own a service follows its organization, as the official daemon always does.
  if (own.groupId === '') return groupId;
  if (equalBytes(parseGroupId(own.groupId, { place: places.service }), groupId)) return groupId;
  const message = `Service and organization give the group ${JSON.stringify(own.groupName)} different ids.`;
  throw new BaseError('METADATA_DISAGREES', message, {
    place: places.service,
    expected: `${shared.groupId} (${places.organization})`,
    found: own.groupId,
    hint: 'The provider has to publish the service again with the group id of the organization.',
  });
}

function readPaymentAddress(
  { paymentAddress }: OrganizationMetadataGroup,
  document: DocumentName,
  payment: string,
): Address {
  const pointer = `${payment}/payment_address`;
  const address = parseDocumentAddress(paymentAddress, { document, pointer });
  if (!/^0x0+$/.test(address)) return address;
  throw invalidField(document, pointer, 'an address that somebody has the key of', address);
}

function readThreshold(
  { paymentExpirationThreshold: threshold }: OrganizationMetadataGroup,
  document: DocumentName,
  payment: string,
): bigint {
  if (threshold !== undefined && threshold >= 0n) return threshold;
  const pointer = `${payment}/payment_expiration_threshold`;
  throw invalidField(document, pointer, 'a number of blocks', `${threshold ?? 'nothing'}`);
}

function unknownGroup(service: ServiceMetadata, groupName: string | undefined): BaseError {
  const what =
    groupName === undefined ? 'has no group' : `has no group ${JSON.stringify(groupName)}`;
  return new BaseError('SERVICE_GROUP_UNKNOWN', `The service ${what}.`, {
    place: service.place,
    expected: groupName === undefined ? 'at least one group' : listNames(service.groups),
  });
}

function missingGroup(organization: OrganizationMetadata, groupName: string): BaseError {
  const message = `The organization has no group ${JSON.stringify(groupName)}, which the service names.`;
  return new BaseError('METADATA_DISAGREES', message, {
    place: organization.place,
    found: listNames(organization.groups),
    hint: 'The provider has to publish both documents with the same groups.',
  });
}

function listNames(groups: readonly { groupName: string }[]): string {
  const names = groups.slice(0, 10).map(({ groupName }) => JSON.stringify(groupName));
  return names.length === 0 ? 'no groups' : `one of ${names.join(', ')}`;
}
