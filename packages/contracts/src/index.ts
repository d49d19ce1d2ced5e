export { type BlockId, type GetBlockOptions, getBlock } from './blocks/get-block.ts';
export { getBlockNumber } from './blocks/get-block-number.ts';
export { getChainId } from './blocks/get-chain-id.ts';
export {
  type GetDeploymentBlockOptions,
  getDeploymentBlock,
} from './blocks/get-deployment-block.ts';
export { type AddFundsOptions, addFunds } from './escrow/add-funds.ts';
export type { Channel } from './escrow/channel.ts';
export type { ChannelOpening } from './escrow/channel-opening.ts';
export { type Claim, type ClaimChannelOptions, claimChannel } from './escrow/claim-channel.ts';
export {
  type ClaimChannelsOptions,
  type ClaimOutcome,
  claimChannels,
} from './escrow/claim-channels.ts';
export { type ClaimPayment, getClaimPayment } from './escrow/claim-payment.ts';
export { type ClaimTimeoutOptions, claimTimeout } from './escrow/claim-timeout.ts';
export { type DepositOptions, type DepositResult, deposit } from './escrow/deposit.ts';
export {
  type DepositAndOpenChannelOptions,
  type DepositAndOpenChannelResult,
  depositAndOpenChannel,
} from './escrow/deposit-and-open-channel.ts';
export {
  type DiscoverChannelsOptions,
  type DiscoveredChannels,
  type DiscoveryCursor,
  discoverChannels,
} from './escrow/discover-channels.ts';
export { type ExtendAndAddFundsOptions, extendAndAddFunds } from './escrow/extend-and-add-funds.ts';
export { type ExtendChannelOptions, extendChannel } from './escrow/extend-channel.ts';
export { findChannels } from './escrow/find-channels.ts';
export type { FundedResult } from './escrow/funded-result.ts';
export { type GetChannelOptions, getChannel } from './escrow/get-channel.ts';
export { type GetChannelsOptions, getChannels } from './escrow/get-channels.ts';
export { type GetClaimPaymentsOptions, getClaimPayments } from './escrow/get-claim-payments.ts';
export { type GetEscrowBalanceOptions, getEscrowBalance } from './escrow/get-escrow-balance.ts';
export { type GetEscrowTokenOptions, getEscrowToken } from './escrow/get-escrow-token.ts';
export { type GetNextChannelIdOptions, getNextChannelId } from './escrow/get-next-channel-id.ts';
export { isChannelOpeningUsed } from './escrow/is-channel-opening-used.ts';
export {
  type OpenChannelOptions,
  type OpenChannelResult,
  openChannel,
} from './escrow/open-channel.ts';
export {
  type OpenChannelByThirdPartyOptions,
  openChannelByThirdParty,
} from './escrow/open-channel-by-third-party.ts';
export { type ResolveClaimsOptions, resolveClaims } from './escrow/resolve-claims.ts';
export {
  type ScanChannelsOptions,
  type ScannedChannels,
  scanChannels,
} from './escrow/scan-channels.ts';
export { signChannelOpening } from './escrow/sign-channel-opening.ts';
export {
  type TransferEscrowBalanceOptions,
  transferEscrowBalance,
} from './escrow/transfer-escrow-balance.ts';
export { type WithdrawOptions, withdraw } from './escrow/withdraw.ts';
export { decodeEscrowEvent } from './events/decode-escrow-event.ts';
export { decodeRegistryEvent } from './events/decode-registry-event.ts';
export { decodeTokenEvent } from './events/decode-token-event.ts';
export type {
  ChannelAddFundsEvent,
  ChannelClaimEvent,
  ChannelExtendEvent,
  ChannelOpenEvent,
  ChannelSenderClaimEvent,
  DepositFundsEvent,
  EscrowBalanceEvent,
  EscrowEvent,
  EventPosition,
  TransferFundsEvent,
  WithdrawFundsEvent,
} from './events/escrow-event.ts';
export { type GetEscrowEventsOptions, getEscrowEvents } from './events/get-escrow-events.ts';
export type { RawLog } from './events/raw-log.ts';
export type {
  OrganizationCreatedEvent,
  OrganizationDeletedEvent,
  OrganizationModifiedEvent,
  RegistryEvent,
  ServiceCreatedEvent,
  ServiceDeletedEvent,
  ServiceMetadataModifiedEvent,
  ServiceTagsModifiedEvent,
} from './events/registry-event.ts';
export {
  type EscrowEventFilter,
  type ScanEscrowEventsOptions,
  scanEscrowEvents,
} from './events/scan-escrow-events.ts';
export type { ScannedEvents, ScanOptions } from './events/scan-events.ts';
export {
  type RegistryEventFilter,
  type ScanRegistryEventsOptions,
  scanRegistryEvents,
} from './events/scan-registry-events.ts';
export {
  type ScanTokenEventsOptions,
  scanTokenEvents,
  type TokenEventFilter,
} from './events/scan-token-events.ts';
export type {
  ApprovalEvent,
  PausedEvent,
  RoleGrantedEvent,
  RoleRevokedEvent,
  TokenEvent,
  TransferEvent,
  UnpausedEvent,
} from './events/token-event.ts';
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
  type AddOrganizationMembersOptions,
  addOrganizationMembers,
} from './registry/add-organization-members.ts';
export {
  type ChangeOrganizationOwnerOptions,
  changeOrganizationOwner,
} from './registry/change-organization-owner.ts';
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
export { type GetOrganizationOptions, getOrganization } from './registry/get-organization.ts';
export { type GetOrganizationsOptions, getOrganizations } from './registry/get-organizations.ts';
export { type GetServiceOptions, getService, type Service } from './registry/get-service.ts';
export { type GetServicesOptions, getServices, type ServiceId } from './registry/get-services.ts';
export { type ListOrganizationsOptions, listOrganizations } from './registry/list-organizations.ts';
export { type ListServicesOptions, listServices } from './registry/list-services.ts';
export type { Organization } from './registry/organization.ts';
export {
  type RemoveOrganizationMembersOptions,
  removeOrganizationMembers,
} from './registry/remove-organization-members.ts';
export { type SupportsRegistryOptions, supportsRegistry } from './registry/supports-registry.ts';
export {
  type UpdateOrganizationOptions,
  updateOrganization,
} from './registry/update-organization.ts';
export { type UpdateServiceOptions, updateService } from './registry/update-service.ts';
export {
  type AddressedCall,
  type AnyContractCall,
  encodeContractCall,
} from './rpc/contract-call.ts';
export {
  type ChainClient,
  type ChainClientOptions,
  createChainClient,
} from './rpc/create-chain-client.ts';
export { multicallAddress, multicallContract } from './rpc/multicall.ts';
export { type ReadContractOptions, readContract } from './rpc/read-contract.ts';
export {
  type ReadContractsOptions,
  type ReadOutcome,
  type ReadOutcomes,
  readContracts,
} from './rpc/read-contracts.ts';
export type { RequestOptions } from './rpc/send-request.ts';
export { getSignerDrivers, type SignerDriverNames } from './signers/get-signer-drivers.ts';
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
export { type BurnTokensOptions, burnTokens } from './token/burn-tokens.ts';
export { type BurnTokensFromOptions, burnTokensFrom } from './token/burn-tokens-from.ts';
export { type DecreaseAllowanceOptions, decreaseAllowance } from './token/decrease-allowance.ts';
export { type GetAllowanceOptions, getAllowance } from './token/get-allowance.ts';
export { type GetTokenBalanceOptions, getTokenBalance } from './token/get-token-balance.ts';
export { type GetTokenInfoOptions, getTokenInfo } from './token/get-token-info.ts';
export { type GetTokenNameOptions, getTokenName } from './token/get-token-name.ts';
export { type GetTokenRoleAdminOptions, getTokenRoleAdmin } from './token/get-token-role-admin.ts';
export {
  type GetTokenRoleMembersOptions,
  getTokenRoleMembers,
} from './token/get-token-role-members.ts';
export { type GetTokenSupplyOptions, getTokenSupply } from './token/get-token-supply.ts';
export { type GrantTokenRoleOptions, grantTokenRole } from './token/grant-token-role.ts';
export { type HasTokenRoleOptions, hasTokenRole } from './token/has-token-role.ts';
export { type IncreaseAllowanceOptions, increaseAllowance } from './token/increase-allowance.ts';
export { type IsTokenPausedOptions, isTokenPaused } from './token/is-token-paused.ts';
export { type MintTokensOptions, mintTokens } from './token/mint-tokens.ts';
export { type PauseTokenOptions, pauseToken } from './token/pause-token.ts';
export { type RenounceTokenRoleOptions, renounceTokenRole } from './token/renounce-token-role.ts';
export { type RevokeTokenRoleOptions, revokeTokenRole } from './token/revoke-token-role.ts';
export { type TokenRole, tokenRoles } from './token/token-role.ts';
export { type TransferTokensOptions, transferTokens } from './token/transfer-tokens.ts';
export {
  type TransferTokensFromOptions,
  transferTokensFrom,
} from './token/transfer-tokens-from.ts';
export { type UnpauseTokenOptions, unpauseToken } from './token/unpause-token.ts';
export { cancelTransaction } from './transactions/cancel-transaction.ts';
export { adjustGasPrice } from './transactions/fees/adjust-gas-price.ts';
export type { FeeKind, FeePolicy } from './transactions/fees/fee-policy.ts';
export type { Fees } from './transactions/fees/fees.ts';
export type { ReplacementPolicy } from './transactions/fees/replacement-policy.ts';
export type { FollowedTransaction } from './transactions/follow-transaction.ts';
export { type GetReceiptOptions, getReceipt } from './transactions/get-receipt.ts';
export { createMemoryJournal } from './transactions/journal/create-memory-journal.ts';
export type {
  ChainAccount,
  JournalRecord,
  TransactionEnd,
  TransactionVersion,
} from './transactions/journal/journal-record.ts';
export type {
  JournalAccount,
  JournalChange,
  JournalLockOptions,
  TransactionJournal,
} from './transactions/journal/transaction-journal.ts';
export {
  type ListPendingTransactionsOptions,
  listPendingTransactions,
  type PendingTransaction,
} from './transactions/list-pending-transactions.ts';
export type { TransactionReceipt } from './transactions/receipt.ts';
export type { ReplaceOptions, ReplaceResult } from './transactions/replace-waiting.ts';
export {
  type ResumedTransaction,
  type ResumeTransactionsOptions,
  resumeTransactions,
} from './transactions/resume-transactions.ts';
export {
  type SendContractTransactionOptions,
  sendContractTransaction,
} from './transactions/send-contract-transaction.ts';
export { type SettleEarlierOptions, settleEarlier } from './transactions/settle-earlier.ts';
export { speedUpTransaction } from './transactions/speed-up-transaction.ts';
export type {
  TransactionHooks,
  TransactionOptions,
  TransactionReport,
  TransactionResult,
} from './transactions/transaction-options.ts';
export { type WaitForReceiptOptions, waitForReceipt } from './transactions/wait-for-receipt.ts';
