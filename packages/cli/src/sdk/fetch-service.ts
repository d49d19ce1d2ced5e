import { create, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { ServicePin } from '@snetkit/codegen';
import { BaseError } from '@snetkit/core';
import {
  type ContentSources,
  getApiSource,
  getContentSource,
  parseContentReference,
  readContent,
  resolveServiceMetadata,
  type ServiceLookup,
  type ServiceMetadata,
  unpackProtoArchive,
} from '@snetkit/metadata';
import { compileProtos } from '@snetkit/protos';

/** Which service, and who is asked for it. */
export interface FetchServiceOptions {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Storage URI of its document; what the registry says unless given. */
  readonly metadataUri?: string | undefined;
  readonly lookup?: ServiceLookup | undefined;
  readonly content: ContentSources;
  readonly network: string;
  readonly chainId: number;
  /** The first one of the service unless given. */
  readonly group?: string | undefined;
  readonly signal: AbortSignal;
}

/** A service as a generator wants it. */
export interface FetchedService {
  readonly service: ServicePin;
  /** A serialized `FileDescriptorSet`. */
  readonly protos: Uint8Array;
  /** Names of the provider's files. */
  readonly ownFiles: ReadonlySet<string>;
}

/**
 * Reads what a service publishes and compiles its protos; every byte is verified, and the limits of
 * archives and of the compiler hold.
 *
 * @throws BaseError `NOT_REGISTERED`, `SERVICE_GROUP_UNKNOWN`, and those of `resolveServiceMetadata`,
 *   `readContent`, `unpackProtoArchive` and `compileProtos`
 */
export async function fetchService(options: FetchServiceOptions): Promise<FetchedService> {
  const { organizationId, serviceId, metadataUri, content, lookup, signal } = options;
  const registered = { way: 'registry', organizationId, serviceId } as const;
  const { metadata, origin } = await resolveServiceMetadata(metadataUri ?? registered, {
    content,
    lookup,
    signal,
  });
  const { uri, place } = getApiSource(metadata);
  const { scheme } = parseContentReference(uri, { place });
  const source = getContentSource(content, scheme, { place });
  const files = await unpackProtoArchive(await readContent(source, uri, { place, signal }));
  const registry = compileProtos(files);
  const set = create(FileDescriptorSetSchema, {
    file: [...registry.files].map(({ proto }) => proto),
  });
  const service = {
    organizationId,
    serviceId,
    network: options.network,
    chainId: options.chainId,
    group: chooseGroup(metadata, options.group),
    metadataUri: origin.way === 'file' ? origin.file : origin.uri,
    protosUri: uri,
  };
  return {
    service,
    protos: toBinary(FileDescriptorSetSchema, set),
    ownFiles: new Set(files.keys()),
  };
}

function chooseGroup({ groups, place }: ServiceMetadata, wanted: string | undefined): string {
  const names = groups.map(({ groupName }) => groupName);
  const chosen = wanted === undefined ? names[0] : names.find((name) => name === wanted);
  if (chosen !== undefined) return chosen;
  throw new BaseError('SERVICE_GROUP_UNKNOWN', 'The service has no such payment group.', {
    place,
    expected: names.length === 0 ? undefined : `one of ${names.join(', ')}`,
    found: wanted,
  });
}
