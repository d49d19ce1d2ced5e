import type { Transport } from '@connectrpc/connect';
import type { ChainClient, Signer } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import type { ClientLedger } from '../ledger/client-ledger.ts';
import type { FundingPolicy } from './funding-policy.ts';
import type { PaymentGroup } from './payment-group.ts';

/** Something that happened to the client's money on the chain. Amounts in cogs. */
export interface FundingEvent {
  readonly kind: 'channelOpened' | 'channelToppedUp' | 'channelExtended';
  readonly channelId: bigint;
  readonly amount: bigint;
  /** Block number. */
  readonly expiration: bigint;
  readonly transactionHash: string;
}

/** Who pays whom, with what. */
export interface Payer {
  readonly chain: ChainClient;
  readonly group: PaymentGroup;
  readonly ledger: ClientLedger;
  /** Signs payments. */
  readonly signer: Signer;
  /** Owns the channels; the signer when left out. */
  readonly sender?: Address | undefined;
  /** Sends transactions in the sender's name; the signer when that is the sender. */
  readonly account?: Signer | undefined;
  readonly funding: FundingPolicy;
  /** Reaches the daemon's own services, without payment. */
  readonly daemon: Transport;
  /** Pay on this channel and no other. */
  readonly channelId?: bigint | undefined;
  /**
   * Asked before a channel that was found or opened is used; `false`: it is somebody else's. Lets several
   * payers of one wallet keep apart.
   */
  claimChannel?(channelId: bigint): boolean | Promise<boolean>;
  /** Seconds of a block; 12 when left out. */
  readonly blockSeconds?: number | undefined;
  readonly onFunding?: ((event: FundingEvent) => void) | undefined;
}
