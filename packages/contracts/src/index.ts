export { getBlockNumber } from './blocks/get-block-number.ts';
export { getChainId } from './blocks/get-chain-id.ts';
export {
  type GetDeploymentBlockOptions,
  getDeploymentBlock,
} from './blocks/get-deployment-block.ts';
export { type AddFundsOptions, addFunds } from './escrow/add-funds.ts';
export type { Channel } from './escrow/channel.ts';
export { type ClaimChannelOptions, claimChannel } from './escrow/claim-channel.ts';
export { type ClaimTimeoutOptions, claimTimeout } from './escrow/claim-timeout.ts';
export { type DepositOptions, type DepositResult, deposit } from './escrow/deposit.ts';
export {
  type DepositAndOpenChannelOptions,
  type DepositAndOpenChannelResult,
  depositAndOpenChannel,
} from './escrow/deposit-and-open-channel.ts';
export { type ExtendAndAddFundsOptions, extendAndAddFunds } from './escrow/extend-and-add-funds.ts';
export { type ExtendChannelOptions, extendChannel } from './escrow/extend-channel.ts';
export { findChannels } from './escrow/find-channels.ts';
export type { FundedResult } from './escrow/funded-result.ts';
export { type GetChannelOptions, getChannel } from './escrow/get-channel.ts';
export { type GetEscrowBalanceOptions, getEscrowBalance } from './escrow/get-escrow-balance.ts';
export { type GetEscrowTokenOptions, getEscrowToken } from './escrow/get-escrow-token.ts';
export {
  type OpenChannelOptions,
  type OpenChannelResult,
  openChannel,
} from './escrow/open-channel.ts';
export {
  type ScanChannelsOptions,
  type ScannedChannels,
  scanChannels,
} from './escrow/scan-channels.ts';
export { type WithdrawOptions, withdraw } from './escrow/withdraw.ts';
export type {
  ChannelAddFundsEvent,
  ChannelClaimEvent,
  ChannelExtendEvent,
  ChannelOpenEvent,
  ChannelSenderClaimEvent,
  EscrowEvent,
  EventPosition,
} from './events/escrow-event.ts';
export { type GetEscrowEventsOptions, getEscrowEvents } from './events/get-escrow-events.ts';
export type { RawLog } from './events/raw-log.ts';
export type {
  ContractBinding,
  ContractCall,
  ContractEvents,
  ContractFunctions,
} from './gen/bindings.ts';
export {
  type MultiPartyEscrowEvents,
  type MultiPartyEscrowFunctions,
  multiPartyEscrow as escrowContract,
  multiPartyEscrowAbi,
} from './gen/multi-party-escrow.ts';
export {
  type RegistryEvents,
  type RegistryFunctions,
  registry as registryContract,
  registryAbi,
} from './gen/registry.ts';
export {
  type TokenEvents,
  type TokenFunctions,
  token as tokenContract,
  tokenAbi,
} from './gen/token.ts';
export {
  type CreateOrganizationOptions,
  createOrganization,
} from './registry/create-organization.ts';
export { type CreateServiceOptions, createService } from './registry/create-service.ts';
export {
  type DeleteOrganizationOptions,
  deleteOrganization,
} from './registry/delete-organization.ts';
export { type DeleteServiceOptions, deleteService } from './registry/delete-service.ts';
export {
  type GetOrganizationOptions,
  getOrganization,
  type Organization,
} from './registry/get-organization.ts';
export { type GetServiceOptions, getService, type Service } from './registry/get-service.ts';
export { type ListOrganizationsOptions, listOrganizations } from './registry/list-organizations.ts';
export {
  type UpdateOrganizationOptions,
  updateOrganization,
} from './registry/update-organization.ts';
export { type UpdateServiceOptions, updateService } from './registry/update-service.ts';
export type { AddressedCall, AnyContractCall } from './rpc/contract-call.ts';
export {
  type ChainClient,
  type ChainClientOptions,
  createChainClient,
} from './rpc/create-chain-client.ts';
export { type ReadContractOptions, readContract } from './rpc/read-contract.ts';
export type { RequestOptions } from './rpc/send-request.ts';
export { privateKeySigner } from './signers/private-key-signer.ts';
export type {
  Eip1559Transaction,
  LegacyTransaction,
  Signer,
  SignOptions,
  TransactionDraft,
  TypedData,
  UnsignedTransaction,
} from './signers/signer.ts';
export { type ApproveOptions, approve } from './token/approve.ts';
export { type ApproveMissingOptions, approveMissing } from './token/approve-missing.ts';
export { type GetAllowanceOptions, getAllowance } from './token/get-allowance.ts';
export { type GetTokenBalanceOptions, getTokenBalance } from './token/get-token-balance.ts';
export { type GetTokenInfoOptions, getTokenInfo } from './token/get-token-info.ts';
export { type TransferTokensOptions, transferTokens } from './token/transfer-tokens.ts';
export { adjustGasPrice } from './transactions/adjust-gas-price.ts';
export type { FeeKind } from './transactions/get-fees.ts';
export { type GetReceiptOptions, getReceipt } from './transactions/get-receipt.ts';
export type { TransactionReceipt } from './transactions/receipt.ts';
export {
  type SendContractTransactionOptions,
  sendContractTransaction,
} from './transactions/send-contract-transaction.ts';
export type { TransactionOptions, TransactionResult } from './transactions/transaction-options.ts';
export { type WaitForReceiptOptions, waitForReceipt } from './transactions/wait-for-receipt.ts';
