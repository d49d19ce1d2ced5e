import type { ChannelOnChain } from '../chain/chain-view.ts';
import type { Interval } from './intervals.ts';

/** A committed payment whose end its owner has not yet written to the store (ledger.md, section 1). */
export interface Entry {
  readonly nonce: bigint;
  /** Cumulative amount in cogs. */
  readonly amount: bigint;
  /** Cogs. */
  readonly price: bigint;
  /** 65 bytes, the client's signature over (nonce, amount). */
  readonly signature: Uint8Array;
  /** Lower-case hex of 16 bytes; empty for an orphan. */
  readonly owner: string;
  /** Counter within the owner: tells "my commit" from somebody else's commit of the same payment. */
  readonly call: bigint;
  /** Unix seconds. */
  readonly committedAt: number;
}

/** The channel as the chain had it when a record was written. */
export type ChainSnapshot = Omit<ChannelOnChain, 'channelId' | 'block'>;

/** The persisted account of one channel (ledger.md, section 2). All amounts in cogs. */
export interface ChannelRecord {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly settledAmount: bigint;
  /** Over (nonce, settledAmount); empty when that is 0. */
  readonly settledSignature: Uint8Array;
  /** Disjoint, ascending, merged, all below the top. */
  readonly open: readonly Interval[];
  readonly entries: readonly Entry[];
  readonly credit: bigint;
  readonly chain: ChainSnapshot | undefined;
}

/** A claim that was started (ledger.md, sections 2 and 5). */
export interface ClaimRecord {
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Planned: the top at StartClaim. */
  readonly amount: bigint;
  readonly signature: Uint8Array;
  /** What was really served. */
  readonly actual: bigint;
  /** Latest block when the claim started; `0n` when that is not known. */
  readonly startedBlock: bigint;
}

/** The account of a channel that nobody has paid on yet. */
export function emptyRecord(channelId: bigint, nonce: bigint): ChannelRecord {
  return {
    channelId,
    nonce,
    settledAmount: 0n,
    settledSignature: new Uint8Array(0),
    open: [],
    entries: [],
    credit: 0n,
    chain: undefined,
  };
}
