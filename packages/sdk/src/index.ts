export { getSignerDrivers, type SignerDriverNames } from '@snetkit/contracts';
export {
  BaseError,
  formatAmount,
  getNetwork,
  networks,
  parseAmount,
} from '@snetkit/core';
export type {
  FundingEvent,
  FundingPolicy,
  HeldToken,
  PaymentReceipt,
  VerifiedState,
} from '@snetkit/payments';
export {
  Account,
  type AccountOptions,
  type Balances,
  type MoveFundsOptions,
  type OpenAccountOptions,
} from './accounts/account.ts';
export type { KeyPlace } from './accounts/open-signer.ts';
export { CallError } from './calls/call-error.ts';
export type { CallOptions } from './calls/call-options.ts';
export {
  Channels,
  type ListChannelsOptions,
  type LoadChannelOptions,
  type OpenChannelOptions,
  type OpenedChannel,
} from './channels/channels.ts';
export type { OrganizationGroup } from './channels/find-organization-group.ts';
export {
  type ChannelExpirationOptions,
  type ChannelFundsOptions,
  type ClaimedUnused,
  PaymentChannel,
} from './channels/payment-channel.ts';
export type { Config } from './config/config.ts';
export { type ConfigOptions, createConfig, defaultContentUrl } from './config/create-config.ts';
export type { NetworkChoice, NetworkInput, StandInput } from './config/network-input.ts';
export type { MpeContract } from './contracts/mpe-contract.ts';
export type { RegistryContract } from './contracts/registry-contract.ts';
export type { TokenContract } from './contracts/token-contract.ts';
export type { ClientName, EngineEvents, EventSource } from './engine/engine-events.ts';
export { SnetEngine } from './engine/snet-engine.ts';
export type { Fields, MessageObject, MessageValue } from './messages/message-object.ts';
export {
  MetadataProvider,
  type OrganizationMetadataOptions,
  type PublishOptions,
  type ServiceMetadataOptions,
} from './metadata/metadata-provider.ts';
export type { CallOutcome, CallReceipt, ReceiptAuthorization } from './receipts/call-receipt.ts';
export { type VerifyReceiptOptions, verifyReceipt } from './receipts/verify-receipt.ts';
export type { ServiceClientOptions } from './services/create-service-client.ts';
export type { StrategyName } from './services/create-strategy.ts';
export type { FindServiceOptions } from './services/find-service.ts';
export type { MethodInfo, MethodKind } from './services/method-info.ts';
export { type FieldsStream, ServiceClient } from './services/service-client.ts';
export type { TypedClient, TypedMethod } from './services/typed-client.ts';
export type { Dataset } from './training/dataset.ts';
export type { Model, ModelStatus } from './training/model.ts';
export { Training } from './training/training.ts';
export type {
  AskOptions,
  CreateModelOptions,
  ListModelsOptions,
  MethodMetadata,
  PaidTrainingOptions,
  TrainingMetadata,
  UpdateModelOptions,
  UploadOptions,
  ValidateOptions,
} from './training/training-options.ts';
