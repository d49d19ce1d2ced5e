export { type BlockClock, createBlockClock } from './channels/block-clock.ts';
export { type FindOwnChannelsOptions, findOwnChannels } from './channels/find-own-channels.ts';
export type { FundingPolicy } from './channels/funding-policy.ts';
export type { FundingEvent, Payer } from './channels/payer.ts';
export type { PaymentGroup } from './channels/payment-group.ts';
export type { FreeCaller, FreeService } from './free-calls/free-caller.ts';
export { createPaymentInterceptor, type PaymentInterceptorOptions } from './interceptor.ts';
export type {
  ChannelKey,
  ClientLedger,
  LedgerChange,
  SearchKey,
  SearchStore,
} from './ledger/client-ledger.ts';
export {
  type AmountInterval,
  getUnspent,
  type LedgerRecord,
  type PendingPayment,
} from './ledger/ledger-record.ts';
export { createMemoryLedger } from './ledger/memory-ledger.ts';
export type { ListedPayment, VerifiedState } from './ledger/synchronise.ts';
export { classifyFailure, type Failure, type FailureKind } from './outcome/classify.ts';
export { isUnreadableReply } from './outcome/is-unreadable-reply.ts';
export { readStatus, type WireStatus } from './outcome/read-status.ts';
export type { HeldToken } from './prepaid/token-account.ts';
export { type GetChannelStateOptions, getChannelState } from './state/get-channel-state.ts';
export { type ChannelFacts, verifyChannelState } from './state/verify-channel-state.ts';
export {
  createDefaultStrategy,
  type DefaultStrategy,
  type DefaultStrategyOptions,
} from './strategies/default.ts';
export { createFreeCallStrategy, type FreeCallStrategy } from './strategies/free-call.ts';
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
  TrainingTerms,
} from './strategies/payment-strategy.ts';
export {
  createPrepaidStrategy,
  type PrepaidStrategy,
  type PrepaidStrategyOptions,
} from './strategies/prepaid-call.ts';
