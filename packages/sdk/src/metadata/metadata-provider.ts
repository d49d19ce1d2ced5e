import type { JsonObject } from '@snetkit/core';
import {
  type OrganizationMetadata,
  type PublishedContent,
  publishMetadata,
  publishProtoArchive,
  resolveOrganizationMetadata,
  resolveServiceMetadata,
  type ServiceMetadata,
} from '@snetkit/metadata';
import { createLookup } from '../services/create-lookup.ts';
import {
  type FindServiceOptions,
  findService,
  type ServicePlace,
} from '../services/find-service.ts';

/** Which organization. */
export interface OrganizationMetadataOptions {
  readonly organizationId: string;
  readonly signal?: AbortSignal | undefined;
}

/** Which service. */
export type ServiceMetadataOptions = Pick<
  FindServiceOptions,
  'organizationId' | 'serviceId' | 'signal'
>;

/** How something is published. */
export interface PublishOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Documents and protos of organizations and services (seed 004, MetadataProvider, OrgMetadata and
 * ServiceMetadata). What is read is verified; `document` of it is edited with the functions of
 * `@snetkit/metadata`, published here, and named by the registry contract.
 *
 * @example
 * ```ts
 * const ids = { organizationId: 'snet', serviceId: 'text' };
 * const { document } = await engine.metadataProvider.getServiceMetadata(ids);
 * const changed = setFixedPrice(document, { groupName: 'default_group', priceInCogs: 5n });
 * const { uri } = await engine.metadataProvider.publishServiceMetadata(changed);
 * await engine.registryContract.updateServiceRegistration({ ...ids, metadataUri: uri });
 * ```
 */
export class MetadataProvider {
  readonly #place: ServicePlace;

  /** Made by `SnetEngine`. */
  constructor(place: ServicePlace) {
    this.#place = place;
  }

  /** @throws BaseError `NOT_REGISTERED`, and those of `resolveOrganizationMetadata` */
  async getOrganizationMetadata(
    options: OrganizationMetadataOptions,
  ): Promise<OrganizationMetadata> {
    const { organizationId, signal } = options;
    const reference = { way: 'registry', organizationId } as const;
    const sources = await this.#getSources(signal);
    return (await resolveOrganizationMetadata(reference, sources)).metadata;
  }

  /** @throws BaseError `NOT_REGISTERED`, and those of `resolveServiceMetadata` */
  async getServiceMetadata(options: ServiceMetadataOptions): Promise<ServiceMetadata> {
    const { organizationId, serviceId, signal } = options;
    const reference = { way: 'registry', organizationId, serviceId } as const;
    return (await resolveServiceMetadata(reference, await this.#getSources(signal))).metadata;
  }

  /** Import path to source text. @throws BaseError those of `SnetEngine.getService` */
  async getProtoFiles(options: ServiceMetadataOptions): Promise<ReadonlyMap<string, string>> {
    return (await findService(this.#place, options)).protoFiles;
  }

  /** @throws BaseError those of `publishMetadata` */
  publishOrganizationMetadata(
    document: JsonObject,
    options: PublishOptions = {},
  ): Promise<PublishedContent> {
    return publishMetadata(this.#place.config.store, document, options);
  }

  /** @throws BaseError those of `publishMetadata` */
  publishServiceMetadata(
    document: JsonObject,
    options: PublishOptions = {},
  ): Promise<PublishedContent> {
    return publishMetadata(this.#place.config.store, document, options);
  }

  /** Its URI is the `service_api_source` of a service. @throws BaseError those of `publishProtoArchive` */
  publishProtoFiles(
    files: ReadonlyMap<string, string>,
    options: PublishOptions = {},
  ): Promise<PublishedContent> {
    return publishProtoArchive(this.#place.config.store, files, options);
  }

  async #getSources(signal: AbortSignal | undefined) {
    await this.#place.checkChain(signal);
    const { chain, config } = this.#place;
    return { content: config.content, lookup: createLookup(chain, config.stand.registry), signal };
  }
}
