import { address, bigInt, bool, bytes, bytes32, int, text, texts, uint } from './gob/field-kind.ts';
import { structShape, type ValuesOf } from './gob/struct-shape.ts';

// Names and order of the fields are those of the Go structs (daemon.md 5.1): gob matches by name.

const channelFields = {
  ChannelID: bigInt,
  Nonce: bigInt,
  /** 0 open; the official daemon never writes another. */
  State: int,
  Sender: address,
  Recipient: address,
  GroupID: bytes32,
  FullAmount: bigInt,
  Expiration: bigInt,
  Signer: address,
  AuthorizedAmount: bigInt,
  Signature: bytes,
} as const;

/** A channel as the official daemon keeps it. */
export type OfficialChannel = ValuesOf<typeof channelFields>;
/** Go `escrow.PaymentChannelData`. */
export const paymentChannelData = structShape('PaymentChannelData', channelFields);

const paymentFields = {
  /** Always zero in storage. */
  MpeContractAddress: address,
  ChannelID: bigInt,
  ChannelNonce: bigInt,
  Amount: bigInt,
  Signature: bytes,
} as const;

/** A claim in progress as the official daemon keeps it. */
export type OfficialPayment = ValuesOf<typeof paymentFields>;
/** Go `escrow.Payment`. */
export const payment = structShape('Payment', paymentFields);

const freeCallFields = {
  /** As the client spelled it. */
  Address: text,
  UserID: text,
  FreeCallsMade: int,
  OrganizationId: text,
  ServiceId: text,
  /** Base64. */
  GroupID: text,
} as const;

/** A user of free calls as the official daemon keeps it. */
export type OfficialFreeCallUser = ValuesOf<typeof freeCallFields>;
/** Go `escrow.FreeCallUserData`. */
export const freeCallUserData = structShape('FreeCallUserData', freeCallFields);

const prepaidFields = { Amount: bigInt } as const;

/** One of the three prepaid counters of a channel. */
export type OfficialPrepaid = ValuesOf<typeof prepaidFields>;
/** Go `escrow.PrePaidData`. */
export const prePaidData = structShape('PrePaidData', prepaidFields);

/** Go `training.ModelData`. */
export const modelData = structShape('ModelData', {
  ModelId: text,
  IsPublic: bool,
  Status: int,
  ModelName: text,
  AuthorizedAddresses: texts,
  CreatedByAddress: text,
  UpdatedByAddress: text,
  GroupId: text,
  OrganizationId: text,
  ServiceId: text,
  GRPCMethodName: text,
  GRPCServiceName: text,
  Description: text,
  TrainingLink: text,
  ValidatePrice: uint,
  TrainPrice: uint,
  UpdatedDate: text,
  CreatedDate: text,
} as const);

/** Go `training.ModelUserData`. */
export const modelUserData = structShape('ModelUserData', {
  ModelIds: texts,
  OrganizationId: text,
  ServiceId: text,
  GroupId: text,
  UserAddress: text,
} as const);

/** Go `training.PendingModelData`. */
export const pendingModelData = structShape('PendingModelData', { ModelIDs: texts } as const);

/** Go `training.PublicModelData`. */
export const publicModelData = structShape('PublicModelData', { ModelIDs: texts } as const);
