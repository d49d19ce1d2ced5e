export type { ArchiveLimits } from './archives/archive-limits.ts';
export { packProtoArchive } from './archives/pack-proto-archive.ts';
export { type UnpackOptions, unpackProtoArchive } from './archives/unpack-proto-archive.ts';
export { computeCid } from './content/compute-cid.ts';
export type { ContentSource, ReadBlockOptions } from './content/content-source.ts';
export { type ContentSources, getContentSource } from './content/content-sources.ts';
export {
  type EncodedContent,
  type EncodeOptions,
  encodeDirectory,
  encodeFile,
} from './content/encode-file.ts';
export type { ReadContentOptions } from './content/fetch-content.ts';
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
export {
  type ResolvedService,
  type ResolveServiceOptions,
  resolveService,
  type ServiceLookup,
} from './resolve/resolve-service.ts';
export { type KuboSourceOptions, kuboSource } from './storage/kubo-source.ts';
