import { BaseError, type JsonObject, type JsonValue } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { isObject } from '../documents/is-object.ts';
import { peekList } from '../documents/peek-list.ts';
import type { LegacyServiceMetadata } from './legacy-service-metadata.ts';

/** A group that the organization document must have for the upgraded service. */
export interface UpgradedOrganizationGroup {
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  /** Address as the legacy document writes it. */
  readonly paymentAddress: string;
  /** Blocks. */
  readonly paymentExpirationThreshold: bigint;
}

/** What becomes of a legacy service document. */
export interface UpgradedService {
  /** The service document of the current layout. */
  readonly document: JsonObject;
  /**
   * What was in it and belongs to the organization, one for each group, ready for
   * `addOrganizationGroup`. Where a group of that name exists, id and address must be the same.
   */
  readonly organizationGroups: readonly UpgradedOrganizationGroup[];
}

/** What clients and daemons used when a document said nothing: one week of 15-second blocks. */
const usualThreshold = 40320n;

/**
 * Converts a legacy service document: the price list goes into every group as its default, endpoints
 * into the groups that they name, payment address and threshold to the organization. Everything else
 * stays, unknown keys included (protocol/metadata.md 2). The threshold is 40320 blocks when missing.
 *
 * @throws BaseError `METADATA_INVALID` for an endpoint of a group that is not there
 */
export function upgradeServiceMetadata(legacy: LegacyServiceMetadata): UpgradedService {
  const names = new Set(legacy.groups.map(({ groupName }) => groupName));
  for (const [i, { groupName }] of legacy.endpoints.entries()) {
    if (!names.has(groupName)) throw unknownGroup(legacy, i, groupName);
  }
  const threshold = legacy.paymentExpirationThreshold ?? usualThreshold;
  return {
    document: Object.fromEntries(
      Object.entries(legacy.document)
        .filter(([key]) => !movedKeys.includes(key))
        .map(([key, value]) => [key, key === 'groups' ? upgradeGroups(legacy) : value]),
    ),
    organizationGroups: legacy.groups.map(({ groupName, groupId, paymentAddress }) => ({
      groupName,
      groupId,
      paymentAddress,
      paymentExpirationThreshold: threshold,
    })),
  };
}

const movedKeys = ['pricing', 'endpoints', 'payment_expiration_threshold'];

function upgradeGroups({ document, groups, endpoints }: LegacyServiceMetadata): JsonValue {
  const { pricing } = document;
  return peekList(document, 'groups').map((group, i): JsonValue => {
    if (!isObject(group)) return group;
    const { payment_address: _, ...rest } = group;
    const urls = endpoints.filter(({ groupName }) => groupName === groups[i]?.groupName);
    return {
      ...rest,
      pricing: isObject(pricing) ? [{ ...pricing, default: true }] : [],
      endpoints: urls.map(({ endpoint }) => endpoint),
    };
  });
}

function unknownGroup(
  { place, groups }: LegacyServiceMetadata,
  index: number,
  found: string,
): BaseError {
  return new BaseError('METADATA_INVALID', 'An endpoint belongs to a group that is not there.', {
    place: fieldPlace({ kind: 'service', place }, `/endpoints/${index}/group_name`),
    expected: `one of ${groups.map(({ groupName }) => JSON.stringify(groupName)).join(', ')}`,
    found: JSON.stringify(found),
    hint: 'Correct the name of the group, or remove the endpoint.',
  });
}
