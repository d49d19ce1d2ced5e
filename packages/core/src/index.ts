export { formatAmount, formatTokens } from './amounts/format-amount.ts';
export { parseAmount } from './amounts/parse-amount.ts';
export type { Token } from './amounts/token.ts';
export { type DeadlineOptions, withDeadline } from './async/with-deadline.ts';
export { base64ToBytes, bytesToBase64 } from './bytes/base64.ts';
export { concatBytes, equalBytes } from './bytes/bytes.ts';
export { bytesToHex, hexToBytes } from './bytes/hex.ts';
export {
  bigintToBytes,
  bytesToBigint,
  maxUint256,
  type NumberOptions,
  uint256ToBytes,
} from './bytes/uint256.ts';
export { bytesToUtf8, utf8ToBytes } from './bytes/utf8.ts';
export { addressToBytes, sameAddress } from './crypto/address-to-bytes.ts';
export { checksumAddress } from './crypto/checksum-address.ts';
export { hashPersonalMessage } from './crypto/hash-personal-message.ts';
export type { HashSigning } from './crypto/hash-signing.ts';
export { type Keccak256, keccak256 } from './crypto/keccak256.ts';
export { type ParseAddressOptions, parseAddress } from './crypto/parse-address.ts';
export { parseSignature, type SignatureParts } from './crypto/parse-signature.ts';
export { portableRecovery } from './crypto/portable-recovery.ts';
export { portableSigning } from './crypto/portable-signing.ts';
export { type RecoverSignerOptions, recoverSigner } from './crypto/recover-signer.ts';
export {
  privateKeyToAddress,
  type SigningDrivers,
  type SignMessageOptions,
  signHash,
  signMessage,
} from './crypto/sign-message.ts';
export type { SignatureRecovery } from './crypto/signature-recovery.ts';
export { BaseError, type BaseErrorJson, type BaseErrorOptions } from './errors/base-error.ts';
export { type ErrorCode, type ErrorCodeInfo, errorCodes } from './errors/codes.ts';
export type { ErrorCause } from './errors/describe-cause.ts';
export type { ErrorClass } from './errors/error-class.ts';
export { exitCodes, getExitCode } from './errors/exit-codes.ts';
export { redact } from './errors/redact.ts';
export { type AllowedUserHeaders, parseAllowedUserHeaders } from './headers/allowed-user.ts';
export { type EscrowHeaders, encodeEscrowHeaders, parseEscrowHeaders } from './headers/escrow.ts';
export {
  encodeFreeCallHeaders,
  type FreeCallHeaders,
  parseFreeCallHeaders,
} from './headers/free-call.ts';
export type { GetHeader, HeaderEntry } from './headers/header-entry.ts';
export {
  type PaymentHeaderName,
  type PaymentType,
  paymentHeaders,
  paymentTypes,
} from './headers/names.ts';
export { type ParsePaymentTypeOptions, parsePaymentType } from './headers/payment-type.ts';
export {
  encodePrepaidHeaders,
  type PrepaidHeaders,
  parsePrepaidHeaders,
} from './headers/prepaid.ts';
export {
  readBinaryHeader,
  readHeader,
  readNumberHeader,
  readOptionalTextHeader,
  readTextHeader,
} from './headers/read-header.ts';
export { encodeTrainHeaders, parseTrainHeaders, type TrainHeaders } from './headers/train.ts';
export { type DaemonIdOptions, getDaemonId } from './ids/daemon-id.ts';
export {
  type FreeCallToken,
  formatFreeCallToken,
  parseFreeCallToken,
} from './ids/free-call-token.ts';
export { formatGroupId, parseGroupId } from './ids/group-id.ts';
export { cleanMetadataUri, decodeMetadataUri, encodeMetadataUri } from './ids/metadata-uri.ts';
export { decodeId, encodeId } from './ids/registry-id.ts';
export { formatStorageUri, parseStorageUri, type StorageUri } from './ids/storage-uri.ts';
export type { JsonObject, JsonValue } from './json/json-value.ts';
export { type ParseJsonOptions, parseJson } from './json/parse-json.ts';
export { type FailField, type FieldReader, readFields } from './json/read-fields.ts';
export { type StringifyJsonOptions, stringifyJson } from './json/stringify-json.ts';
export { type ClaimMessage, packClaimMessage } from './messages/pack-claim-message.ts';
export {
  type ConfigurationMessage,
  type ConfigurationMethod,
  packConfigurationMessage,
} from './messages/pack-configuration-message.ts';
export { type FreeCallMessage, packFreeCallMessage } from './messages/pack-free-call-message.ts';
export {
  type FreeCallTokenMessage,
  packFreeCallTokenMessage,
} from './messages/pack-free-call-token-message.ts';
export {
  type FreeCallTokenRequest,
  packFreeCallTokenRequest,
} from './messages/pack-free-call-token-request.ts';
export {
  type GetChannelStateMessage,
  packGetChannelStateMessage,
} from './messages/pack-get-channel-state-message.ts';
export { type GetTokenMessage, packGetTokenMessage } from './messages/pack-get-token-message.ts';
export {
  type ListInProgressMessage,
  packListInProgressMessage,
} from './messages/pack-list-in-progress-message.ts';
export {
  type ListUnclaimedMessage,
  packListUnclaimedMessage,
} from './messages/pack-list-unclaimed-message.ts';
export { type MeteringMessage, packMeteringMessage } from './messages/pack-metering-message.ts';
export {
  type OpenChannelByThirdPartyMessage,
  packOpenChannelByThirdPartyMessage,
} from './messages/pack-open-channel-by-third-party-message.ts';
export {
  packStartClaimMessage,
  type StartClaimMessage,
} from './messages/pack-start-claim-message.ts';
export {
  packStartClaimsMessage,
  type StartClaimsMessage,
} from './messages/pack-start-claims-message.ts';
export { packTrainingMessage, type TrainingMessage } from './messages/pack-training-message.ts';
export {
  type DefineNetworkOptions,
  defineNetwork,
  type NetworkDefinition,
} from './networks/define-network.ts';
export { type GetNetworkOptions, getNetwork } from './networks/get-network.ts';
export { getStand, type StandFilter } from './networks/get-stand.ts';
export { mainnet } from './networks/mainnet.ts';
export type { FormerStand, Network, Stand } from './networks/network.ts';
export { networks } from './networks/networks.ts';
export { sepolia } from './networks/sepolia.ts';
export type { Address, Hex } from './types.ts';
export { isPrivateUrl } from './urls/is-private-url.ts';
