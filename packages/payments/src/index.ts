export { type FindOwnChannelsOptions, findOwnChannels } from './channels/find-own-channels.ts';
export type { FundingPolicy } from './channels/funding-policy.ts';
export type { FundingEvent, Payer } from './channels/payer.ts';
export type { PaymentGroup } from './channels/payment-group.ts';
export { createPaymentInterceptor, type PaymentInterceptorOptions } from './interceptor.ts';
export type { ChannelKey, ClientLedger, LedgerChange } from './ledger/client-ledger.ts';
export {
  type AmountInterval,
  getUnspent,
  type LedgerRecord,
  type PendingPayment,
} from './ledger/ledger-record.ts';
export { createMemoryLedger } from './ledger/memory-ledger.ts';
export type { ListedPayment, VerifiedState } from './ledger/synchronise.ts';
export { classifyFailure, type Failure, type FailureKind } from './outcome/classify.ts';
export { readStatus, type WireStatus } from './outcome/read-status.ts';
export { type GetChannelStateOptions, getChannelState } from './state/get-channel-state.ts';
export { type ChannelFacts, verifyChannelState } from './state/verify-channel-state.ts';
export {
  createPaidStrategy,
  type PaidStrategy,
  type PaidStrategyOptions,
} from './strategies/paid.ts';
export type {
  AfterEnd,
  CallEnd,
  CallPayment,
  CallToPay,
  PaymentAttempt,
  PaymentReceipt,
  PaymentStrategy,
} from './strategies/payment-strategy.ts';
