import { type ChainClient, getOrganization } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import { type PaymentStorage, readOrganizationMetadata } from '@snetkit/metadata';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { createContent } from './create-content.ts';

/** Where the group's payments are kept, as the organization's document says. */
export interface FoundStorage {
  /** Of the document. */
  readonly uri: string;
  readonly storage: PaymentStorage;
}

/**
 * Reads from the Registry and the organization's document how the daemons of the group share their store.
 *
 * @param options.knownUri - document that was read before: when it is still the one, nothing is read
 * @returns undefined for the document that is known
 * @throws BaseError that names what is not registered or cannot be read
 */
export async function readPaymentStorage(options: {
  client: ChainClient;
  config: Config;
  network: DaemonNetwork;
  knownUri?: string | undefined;
  signal: AbortSignal;
}): Promise<FoundStorage | undefined> {
  const { client, config, network, knownUri, signal } = options;
  const { organization_id: organizationId, daemon_group_name: groupName } = config;
  const { registry } = network;
  const uri = (await getOrganization(client, { registry, organizationId, signal }))?.metadataUri;
  if (uri === undefined) {
    throw new BaseError('NOT_REGISTERED', 'The organization is not registered.', {
      place: 'organization_id',
      found: organizationId,
    });
  }
  if (uri === knownUri) return undefined;
  const { groups } = await readOrganizationMetadata(createContent(config), uri, { signal });
  const group = groups.find((one) => one.groupName === groupName);
  if (group !== undefined) return { uri, storage: group.storage };
  throw new BaseError('METADATA_DISAGREES', 'The organization does not have the group.', {
    place: uri,
    expected: JSON.stringify(groupName),
  });
}
