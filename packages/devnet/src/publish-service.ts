import { randomBytes } from 'node:crypto';
import {
  type ChainClient,
  createChainClient,
  createOrganization,
  createService,
  getOrganization,
  getService,
  privateKeySigner,
  type Signer,
  updateOrganization,
  updateService,
} from '@snetkit/contracts';
import {
  type Address,
  formatGroupId,
  formatStorageUri,
  type JsonObject,
  utf8ToBytes,
} from '@snetkit/core';
import { packProtoArchive, serializeMetadata } from '@snetkit/metadata';
import type { TestAccount } from './accounts.ts';
import type { ContentStore } from './content-store/start-content-store.ts';
import type { ContractAddresses } from './contracts/deploy-contracts.ts';
import { createOrganizationDocument } from './publish/create-organization-document.ts';
import { createServiceDocument, type FreeCallTerms } from './publish/create-service-document.ts';

/** What is published, and where. */
export interface PublishServiceOptions {
  readonly rpcUrl: string;
  readonly contracts: ContractAddresses;
  /** Takes documents and protos. */
  readonly content: Pick<ContentStore, 'put'>;
  /** Owns the organization; pays for gas. */
  readonly owner: TestAccount;
  readonly organizationId: string;
  readonly serviceId: string;
  /** Import path to source text. */
  readonly protos: ReadonlyMap<string, string>;
  /** URLs of daemons, at least one. */
  readonly endpoints: readonly string[];
  /** `serviceId` when not given. */
  readonly displayName?: string | undefined;
  /** `default_group` when not given. */
  readonly groupName?: string | undefined;
  /** Base64 of 32 bytes; random when not given. */
  readonly groupId?: string | undefined;
  /** Cogs for each call; 10^15 (0.001 FET) when not given. */
  readonly price?: bigint | undefined;
  /** Who is paid; the owner when not given. */
  readonly paymentAddress?: Address | undefined;
  /** Blocks that a channel must still be valid for; 100 when not given. */
  readonly paymentExpirationThreshold?: bigint | undefined;
  /** Members of an etcd that keeps the payments of the group; none when not given. */
  readonly storageEndpoints?: readonly string[] | undefined;
  /** No free calls when not given. */
  readonly freeCalls?: FreeCallTerms | undefined;
  /** How the daemon talks to the service: `grpc` when not given; also `http`, `jsonrpc`, `process`. */
  readonly serviceType?: string | undefined;
  /** What messages are: `proto` when not given; also `json`. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A service as it was published. */
export interface PublishedService {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  /** Cogs for each call. */
  readonly price: bigint;
  readonly paymentAddress: Address;
  readonly paymentExpirationThreshold: bigint;
  /** Storage URIs of the documents and the proto archive. */
  readonly organizationUri: string;
  readonly serviceUri: string;
  readonly apiSource: string;
}

/**
 * Adds protos and documents to the content store and registers organization and service. What is
 * registered already is pointed at the new documents; pass `groupId` again to keep channels usable.
 *
 * Throws the `BaseError`s of `@snetkit/contracts` and of `packProtoArchive`.
 */
export async function publishService(options: PublishServiceOptions): Promise<PublishedService> {
  const { content, organizationId, serviceId, owner, contracts, signal } = options;
  const { groupName = 'default_group', groupId = formatGroupId(randomBytes(32)) } = options;
  const { price = 10n ** 15n, paymentAddress = owner.address } = options;
  const { paymentExpirationThreshold = 100n } = options;

  const apiSource = await put(content, await packProtoArchive(options.protos));
  const organization = createOrganizationDocument({
    organizationId,
    groupName,
    groupId,
    paymentAddress,
    paymentExpirationThreshold,
    storageEndpoints: options.storageEndpoints,
  });
  const service = createServiceDocument({
    displayName: options.displayName ?? serviceId,
    groupName,
    groupId,
    mpe: contracts.mpe,
    apiSource,
    endpoints: options.endpoints,
    daemonAddress: owner.address,
    price,
    freeCalls: options.freeCalls,
    serviceType: options.serviceType,
    encoding: options.encoding,
  });
  const organizationUri = await putDocument(content, organization);
  const serviceUri = await putDocument(content, service);
  await register({
    client: createChainClient({ rpcUrl: options.rpcUrl }),
    signer: privateKeySigner(owner.privateKey),
    registry: contracts.registry,
    organizationId,
    serviceId,
    organizationUri,
    serviceUri,
    signal,
  });
  return {
    organizationId,
    serviceId,
    groupName,
    groupId,
    price,
    paymentAddress,
    paymentExpirationThreshold,
    organizationUri,
    serviceUri,
    apiSource,
  };
}

interface Registration {
  readonly client: ChainClient;
  readonly signer: Signer;
  readonly registry: Address;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly organizationUri: string;
  readonly serviceUri: string;
  readonly signal: AbortSignal | undefined;
}

async function register(registration: Registration): Promise<void> {
  const { client, signer, organizationUri, serviceUri, ...names } = registration;
  const organization = await getOrganization(client, names);
  if (organization === undefined) {
    await createOrganization(client, signer, { ...names, metadataUri: organizationUri });
  } else {
    await updateOrganization(client, signer, { ...names, metadataUri: organizationUri });
  }
  const service = await getService(client, names);
  const write = service === undefined ? createService : updateService;
  await write(client, signer, { ...names, metadataUri: serviceUri });
}

function putDocument(content: Pick<ContentStore, 'put'>, document: JsonObject): Promise<string> {
  return put(content, utf8ToBytes(serializeMetadata(document)));
}

async function put(content: Pick<ContentStore, 'put'>, bytes: Uint8Array): Promise<string> {
  return formatStorageUri({ scheme: 'ipfs', cid: await content.put(bytes) });
}
