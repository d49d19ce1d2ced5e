export type { ArchiveLimits } from './archives/archive-limits.ts';
export { packProtoArchive } from './archives/pack-proto-archive.ts';
export { type UnpackOptions, unpackProtoArchive } from './archives/unpack-proto-archive.ts';
export { computeCid } from './content/compute-cid.ts';
export type { ContentCache } from './content/content-cache.ts';
export type {
  BlockSource,
  CombinedSource,
  ContentRequest,
  ContentSource,
  Delivery,
  FileSource,
  ReadBlockOptions,
  Refusal,
} from './content/content-source.ts';
export { type ContentSources, getContentSource } from './content/content-sources.ts';
export {
  type EncodedContent,
  type EncodeOptions,
  encodeDirectory,
  encodeFile,
} from './content/encode-file.ts';
export { fetchContent, type ReadContentOptions } from './content/fetch-content.ts';
export { mapSource } from './content/map-source.ts';
export { type ContentReference, parseContentReference } from './content/parse-content-reference.ts';
export { readContent } from './content/read-content.ts';
export { checkMpeAddress } from './documents/check-mpe-address.ts';
export { checkServiceLimits, type ServiceLimits } from './documents/check-service-limits.ts';
export { createPricing } from './documents/create-pricing.ts';
export { type ApiSource, getApiSource } from './documents/get-api-source.ts';
export { getServiceGroup, type ServiceGroup } from './documents/get-service-group.ts';
export type {
  OrganizationMetadata,
  OrganizationMetadataGroup,
  PaymentStorage,
} from './documents/organization-metadata.ts';
export { parseDuration } from './documents/parse-duration.ts';
export { parseOrganizationMetadata } from './documents/parse-organization-metadata.ts';
export {
  type ParseMetadataOptions,
  parseServiceMetadata,
} from './documents/parse-service-metadata.ts';
export { getPrice, type Pricing } from './documents/pricing.ts';
export {
  type ReadMetadataOptions,
  readOrganizationMetadata,
  readServiceMetadata,
} from './documents/read-metadata.ts';
export { serializeMetadata } from './documents/serialize-metadata.ts';
export type {
  MethodPricing,
  PricingEntry,
  ServiceMetadata,
  ServiceMetadataGroup,
  ServicePricing,
} from './documents/service-metadata.ts';
export { describeOrigin } from './resolve/describe-origin.ts';
export type {
  FileOrigin,
  MetadataOrigin,
  ProviderStep,
  RegistryOrigin,
  UriOrigin,
  Verification,
} from './resolve/metadata-origin.ts';
export type {
  FileReference,
  MetadataReference,
  RegistryReference,
  UriReference,
} from './resolve/metadata-reference.ts';
export { parseMetadataReference } from './resolve/parse-metadata-reference.ts';
export {
  type ResolvedMetadata,
  type ResolveMetadataOptions,
  resolveOrganizationMetadata,
  resolveServiceMetadata,
} from './resolve/resolve-metadata.ts';
export {
  type ResolvedService,
  type ResolveServiceOptions,
  resolveService,
  type ServiceOrigins,
} from './resolve/resolve-service.ts';
export type { ServiceLookup } from './resolve/service-lookup.ts';
export { cachedSource } from './storage/cached-source.ts';
export type {
  AddOptions,
  ContentStore,
  StoreDirectory,
  StoreFile,
} from './storage/content-store.ts';
export {
  type CreateContentSourcesOptions,
  createContentSources,
} from './storage/create-content-sources.ts';
export { fileGatewaySource, type GatewayOptions, gatewaySource } from './storage/gateway-source.ts';
export { type HttpLocationsOptions, httpLocations } from './storage/http-locations.ts';
export { type KuboSourceOptions, kuboSource } from './storage/kubo-source.ts';
export { type KuboStoreOptions, kuboStore } from './storage/kubo-store.ts';
export { type LighthouseSourceOptions, lighthouseSource } from './storage/lighthouse-source.ts';
export { type LighthouseStoreOptions, lighthouseStore } from './storage/lighthouse-store.ts';
export { type PublishedDirectory, publishDirectory } from './storage/publish-directory.ts';
export {
  type PublishedContent,
  type PublishFileOptions,
  type PublishOptions,
  publishFile,
} from './storage/publish-file.ts';
export { publishMetadata } from './storage/publish-metadata.ts';
export { publishProtoArchive } from './storage/publish-proto-archive.ts';
export { type RaceOptions, raceSources } from './storage/race-sources.ts';
