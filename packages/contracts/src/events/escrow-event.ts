import type { Address, Hex } from '@snetkit/core';

/** Where in the chain an event is. */
export interface EventPosition {
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  /** Place among all events of the block. */
  readonly logIndex: number;
}

/** A channel was opened. */
export interface ChannelOpenEvent extends EventPosition {
  readonly type: 'ChannelOpen';
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly sender: Address;
  readonly signer: Address;
  readonly recipient: Address;
  /** 32 bytes. */
  readonly groupId: Hex;
  /** Cogs that were put into it. */
  readonly amount: bigint;
  /** Block number. */
  readonly expiration: bigint;
}

/**
 * The recipient claimed. With send-back the contract zeroes the channel before it writes the event:
 * `sendBackAmount` and `keepAmount` are 0 then, and value and expiration of the channel too.
 */
export interface ChannelClaimEvent extends EventPosition {
  readonly type: 'ChannelClaim';
  readonly channelId: bigint;
  /** Nonce of the channel after the claim. */
  readonly nonce: bigint;
  readonly recipient: Address;
  readonly claimAmount: bigint;
  readonly plannedAmount: bigint;
  readonly sendBackAmount: bigint;
  /** Cogs that stay in the channel. */
  readonly keepAmount: bigint;
}

/** The sender took the rest of an expired channel back; `claimAmount` is always 0 (a quirk). */
export interface ChannelSenderClaimEvent extends EventPosition {
  readonly type: 'ChannelSenderClaim';
  readonly channelId: bigint;
  /** Nonce of the channel after the claim. */
  readonly nonce: bigint;
  readonly claimAmount: bigint;
}

/** A channel lives longer. */
export interface ChannelExtendEvent extends EventPosition {
  readonly type: 'ChannelExtend';
  readonly channelId: bigint;
  /** Block number. */
  readonly newExpiration: bigint;
}

/** A channel got more money. */
export interface ChannelAddFundsEvent extends EventPosition {
  readonly type: 'ChannelAddFunds';
  readonly channelId: bigint;
  /** Cogs that were added. */
  readonly additionalFunds: bigint;
}

/** Anything that MultiPartyEscrow reports about a channel. */
export type EscrowEvent =
  | ChannelOpenEvent
  | ChannelClaimEvent
  | ChannelSenderClaimEvent
  | ChannelExtendEvent
  | ChannelAddFundsEvent;

/** Tokens came into the escrow. */
export interface DepositFundsEvent extends EventPosition {
  readonly type: 'DepositFunds';
  readonly sender: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/** Tokens left the escrow. */
export interface WithdrawFundsEvent extends EventPosition {
  readonly type: 'WithdrawFunds';
  readonly sender: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/** Tokens went from one escrow balance to another. */
export interface TransferFundsEvent extends EventPosition {
  readonly type: 'TransferFunds';
  readonly sender: Address;
  readonly receiver: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/** Anything that MultiPartyEscrow reports about balances outside channels. */
export type EscrowBalanceEvent = DepositFundsEvent | WithdrawFundsEvent | TransferFundsEvent;
