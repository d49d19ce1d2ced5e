import type { CommitItem } from '../store/store.ts';
import type { SetAside } from './read-official-state.ts';

/** How many records of a kind there are, and what becomes of them. */
export interface Tally {
  /** In the official store. */
  found: number;
  /** New here, or higher than here. */
  written: number;
  /** The store had them already, or more. */
  kept: number;
}

/** What an import finds and does. Amounts in cogs. */
export interface ImportReport {
  readonly channels: Tally & {
    /** Channels that have something to claim, and how much: the provider's money. */
    unclaimed: number;
    unclaimedCogs: bigint;
  };
  readonly claims: Tally & {
    /** Of those found: on the chain already, only their records are left to be removed. */
    landed: number;
    /** In those that have not landed. */
    cogs: bigint;
  };
  readonly prepaid: Tally & { plannedCogs: bigint; usedCogs: bigint };
  readonly freeCalls: Tally & {
    /** Spellings of a wallet whose count went into that of another spelling. */
    merged: number;
    calls: bigint;
  };
  readonly heldLocks: string[];
  /** Training records, which are not taken over. */
  models: number;
  readonly conflicts: SetAside[];
  readonly damaged: SetAside[];
  readonly ignored: SetAside[];
  /** Taken over all the same: payments that are not the signer's, channels of another group. */
  readonly doubtful: SetAside[];
}

/** What an import would write, and what is to be told of it. */
export interface ImportPlan {
  /** Each applies alone; a channel and its claims are one item. */
  readonly items: readonly CommitItem[];
  readonly report: ImportReport;
}

/** A report of nothing. */
export function emptyReport(): ImportReport {
  const tally = () => ({ found: 0, written: 0, kept: 0 });
  return {
    channels: { ...tally(), unclaimed: 0, unclaimedCogs: 0n },
    claims: { ...tally(), landed: 0, cogs: 0n },
    prepaid: { ...tally(), plannedCogs: 0n, usedCogs: 0n },
    freeCalls: { ...tally(), merged: 0, calls: 0n },
    heldLocks: [],
    models: 0,
    conflicts: [],
    damaged: [],
    ignored: [],
    doubtful: [],
  };
}
