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
export { getMethodPath } from './documents/get-method-path.ts';
export { getServiceGroup, type ServiceGroup } from './documents/get-service-group.ts';
export type { AddOn, Licenses, Subscription, Subscriptions, Tier } from './documents/licenses.ts';
export type { MetadataDescription } from './documents/metadata-description.ts';
export type {
  OrganizationContact,
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
  ServiceAssets,
  ServiceMedia,
  ServiceMetadata,
  ServiceMetadataGroup,
  ServicePricing,
} from './documents/service-metadata.ts';
export { addContact, type NewContact } from './edits/add-contact.ts';
export { addContributor } from './edits/add-contributor.ts';
export { addDaemonAddress } from './edits/add-daemon-address.ts';
export { addEndpoint } from './edits/add-endpoint.ts';
export { addImage } from './edits/add-image.ts';
export { addMedia, type NewMedia } from './edits/add-media.ts';
export { addOrganizationGroup, type NewOrganizationGroup } from './edits/add-organization-group.ts';
export { addServiceGroup, type NewServiceGroup } from './edits/add-service-group.ts';
export { addTag } from './edits/add-tag.ts';
export { adoptGroupIds } from './edits/adopt-group-ids.ts';
export { clearAssets } from './edits/clear-assets.ts';
export { clearMedia } from './edits/clear-media.ts';
export { createGroupId } from './edits/create-group-id.ts';
export {
  createOrganizationMetadata,
  type NewOrganizationMetadata,
} from './edits/create-organization-metadata.ts';
export { createServiceMetadata, type NewServiceMetadata } from './edits/create-service-metadata.ts';
export type { DescriptionTexts } from './edits/merge-description.ts';
export type { PaymentSettings } from './edits/payment-settings.ts';
export type { DocumentKind } from './edits/prepare-assets.ts';
export { removeAsset } from './edits/remove-asset.ts';
export { type ContactFilter, removeContacts } from './edits/remove-contacts.ts';
export { removeContributor } from './edits/remove-contributor.ts';
export { removeDaemonAddress } from './edits/remove-daemon-address.ts';
export { removeEndpoint } from './edits/remove-endpoint.ts';
export { removeImage } from './edits/remove-image.ts';
export { removeMedia } from './edits/remove-media.ts';
export { removeMethodPrice } from './edits/remove-method-price.ts';
export { removeOrganizationGroup } from './edits/remove-organization-group.ts';
export { removeServiceGroup } from './edits/remove-service-group.ts';
export { removeTag } from './edits/remove-tag.ts';
export { renameOrganizationGroup } from './edits/rename-organization-group.ts';
export { renameServiceGroup } from './edits/rename-service-group.ts';
export { reorderMedia } from './edits/reorder-media.ts';
export type { EditOptions } from './edits/run-edit.ts';
export { type AssetName, setAsset } from './edits/set-asset.ts';
export { setDaemonAddresses } from './edits/set-daemon-addresses.ts';
export { setEndpoints } from './edits/set-endpoints.ts';
export { type FixedPrice, setFixedPrice } from './edits/set-fixed-price.ts';
export { type FreeCallSettings, setFreeCalls } from './edits/set-free-calls.ts';
export { setHeroImage } from './edits/set-hero-image.ts';
export { type MethodPrice, setMethodPrice } from './edits/set-method-price.ts';
export { setOrganizationDescription } from './edits/set-organization-description.ts';
export { type OrganizationFields, setOrganizationFields } from './edits/set-organization-fields.ts';
export {
  type ServiceDescriptionTexts,
  setServiceDescription,
} from './edits/set-service-description.ts';
export { type ServiceFields, setServiceFields } from './edits/set-service-fields.ts';
export { swapMedia } from './edits/swap-media.ts';
export {
  type OrganizationGroupChanges,
  updateOrganizationGroup,
} from './edits/update-organization-group.ts';
export type {
  LegacyServiceGroup,
  LegacyServiceMetadata,
} from './legacy/legacy-service-metadata.ts';
export { parseLegacyServiceMetadata } from './legacy/parse-legacy-service-metadata.ts';
export {
  type UpgradedOrganizationGroup,
  type UpgradedService,
  upgradeServiceMetadata,
} from './legacy/upgrade-service-metadata.ts';
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
export type { OrganizationDocument } from './schemas/organization-shape.ts';
export type { ServiceDocument } from './schemas/service-shape.ts';
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
export { applyFix } from './validation/apply-fix.ts';
export type { DocumentFix, PatchOperation } from './validation/document-fix.ts';
export type { Finding, Judge, Level } from './validation/finding.ts';
export { type FindingCode, findingCodes } from './validation/finding-codes.ts';
export type { FixedDocument } from './validation/fix-document.ts';
export { fixOrganizationMetadata } from './validation/fix-organization-metadata.ts';
export { fixServiceMetadata } from './validation/fix-service-metadata.ts';
export { getVerdict, type Verdict } from './validation/get-verdict.ts';
export type { ProtoMethod } from './validation/proto-method.ts';
export {
  type ValidateOrganizationOptions,
  validateOrganizationMetadata,
} from './validation/validate-organization-metadata.ts';
export {
  type ValidateServiceOptions,
  validateServiceMetadata,
} from './validation/validate-service-metadata.ts';
