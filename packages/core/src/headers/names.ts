/** Names of the metadata keys that payments use (protocol/daemon.md 2). */
export const paymentHeaders = {
  paymentType: 'snet-payment-type',
  channelId: 'snet-payment-channel-id',
  channelNonce: 'snet-payment-channel-nonce',
  channelAmount: 'snet-payment-channel-amount',
  channelSignature: 'snet-payment-channel-signature-bin',
  mpeAddress: 'snet-payment-mpe-address',
  /** Our own (protocol/ledger.md 7): `1` lets the daemon skip amounts that it has not seen yet. */
  allowGap: 'snet-payment-allow-gap',
  trainModelId: 'snet-train-model-id',
  freeCallUserAddress: 'snet-free-call-user-address',
  freeCallUserId: 'snet-free-call-user-id',
  freeCallAuthToken: 'snet-free-call-auth-token-bin',
  currentBlockNumber: 'snet-current-block-number',
  prepaidAuthToken: 'snet-prepaid-auth-token-bin',
  clientType: 'snet-client-type',
  userInfo: 'snet-user-info',
  userAddress: 'snet-user-address',
  daemonDebug: 'snet-daemon-debug',
} as const;

/** Name of a payment header. */
export type PaymentHeaderName = (typeof paymentHeaders)[keyof typeof paymentHeaders];

/** Values of `snet-payment-type`. */
export const paymentTypes = {
  escrow: 'escrow',
  freeCall: 'free-call',
  prepaid: 'prepaid-call',
  train: 'train-call',
} as const;

/** A way to pay, as `snet-payment-type` names it. */
export type PaymentType = (typeof paymentTypes)[keyof typeof paymentTypes];
