import { type ChainClient, getOrganization } from '@snetkit/contracts';
import { type Address, BaseError, checksumAddress, parseGroupId } from '@snetkit/core';
import { readOrganizationMetadata } from '@snetkit/metadata';
import type { Config } from '../config/config.ts';

/** A payment group, as far as opening a channel to it goes. */
export interface OrganizationGroup {
  readonly groupName: string;
  /** 32 bytes. */
  readonly groupId: Uint8Array;
  readonly paymentAddress: Address;
  /** Blocks. */
  readonly paymentExpirationThreshold: bigint;
}

/** Which group. */
export interface FindOrganizationGroupOptions {
  readonly organizationId: string;
  /** The organization's first group unless given. */
  readonly groupName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a payment group from the organization's document, every byte verified.
 *
 * @throws BaseError `NOT_REGISTERED`, `SERVICE_GROUP_UNKNOWN`, `METADATA_INVALID`, and those of
 *   reading content
 */
export async function findOrganizationGroup(
  { chain, config }: { chain: ChainClient; config: Config },
  { organizationId, groupName, signal }: FindOrganizationGroupOptions,
): Promise<OrganizationGroup> {
  const { registry } = config.stand;
  const organization = await getOrganization(chain, { registry, organizationId, signal });
  if (organization === undefined) {
    const message = `The organization ${JSON.stringify(organizationId)} is not registered.`;
    throw new BaseError('NOT_REGISTERED', message, {
      place: `registry ${registry} on ${config.network.name}`,
      hint: 'Check the id, letter case included, and the network.',
    });
  }
  const uri = organization.metadataUri;
  const { groups } = await readOrganizationMetadata(config.content, uri, { signal });
  const group = groups.find((one) => groupName === undefined || one.groupName === groupName);
  if (group === undefined) {
    const name = groupName === undefined ? 'no group' : `no group ${JSON.stringify(groupName)}`;
    throw new BaseError('SERVICE_GROUP_UNKNOWN', `The organization has ${name}.`, {
      place: uri,
      expected: groups.map((one) => JSON.stringify(one.groupName)).join(', ') || undefined,
    });
  }
  const place = `${uri}, group ${JSON.stringify(group.groupName)}`;
  return {
    groupName: group.groupName,
    groupId: parseGroupId(group.groupId, { place }),
    paymentAddress: readAddress(group.paymentAddress, place),
    paymentExpirationThreshold: readThreshold(group.paymentExpirationThreshold, place),
  };
}

/** Documents write addresses in any case, and without 0x now and then. */
function readAddress(text: string, place: string): Address {
  const digits = /^(?:0[xX])?([0-9a-fA-F]{40})$/.exec(text)?.[1];
  if (digits !== undefined && !/^0+$/.test(digits)) return checksumAddress(`0x${digits}`);
  throw new BaseError('METADATA_INVALID', 'The group has no payment address that can be paid.', {
    place,
    expected: 'payment_address: 0x and 40 hexadecimal digits',
  });
}

function readThreshold(threshold: bigint | undefined, place: string): bigint {
  if (threshold !== undefined && threshold >= 0n) return threshold;
  throw new BaseError('METADATA_INVALID', 'The group has no expiration threshold.', {
    place,
    expected: 'payment_expiration_threshold: a number of blocks',
  });
}
