import type { ChainView } from '../chain/chain-view.ts';
import type { ClaimRecord } from '../ledger/record.ts';
import { type LedgerRules, ledgerRules } from '../ledger/rules.ts';
import type { Store } from '../store/store.ts';
import type { AccountCounters, AccountPorts, Timers } from './account-ports.ts';
import { ChannelAccount, type WaitingRoom } from './channel-account.ts';
import type { Ownership } from './ownership.ts';
import { type RecordSnapshot, readClaim, readRecord } from './read-record.ts';
import { createSteplessClock } from './stepless-clock.ts';

/** After so long without a call, the ends of a channel's calls are written: 5 s. */
const idleMs = 5_000;
/** Payments that may wait for others in the whole process. */
const maxWaiting = 4_096;
/** Channels kept in memory; one that is not used costs a store read when it comes back. */
const maxAccounts = 100_000;

/** The channels of one replica. */
export interface ChannelAccounts {
  /** The account of a channel; made when it is met first. */
  get(channelId: bigint): ChannelAccount;
  /** The stored record, read now: what others must be told is never a cache. */
  readRecord(channelId: bigint): Promise<RecordSnapshot>;
  /** A started claim, read now. */
  readClaim(channelId: bigint, nonce: bigint): Promise<ClaimRecord | undefined>;
  /** Whether the owner of a listed payment still lives; asks the store. */
  isOwnerAlive(owner: string): Promise<boolean>;
  /** Writes the ends of all calls. Calls must be over. */
  close(): Promise<void>;
}

/** What {@link openChannelAccounts} needs. */
export interface ChannelAccountsOptions {
  readonly store: Store;
  readonly ownership: Ownership;
  readonly chain: ChainView;
  readonly timers: Timers;
  readonly counters: AccountCounters;
  /** The ledger's own unless given. */
  readonly rules?: LedgerRules;
}

/** Starts with an empty memory: nothing has to be recovered (ledger.md, section 9). */
export function openChannelAccounts({
  store,
  ownership,
  chain,
  timers,
  counters,
  rules = ledgerRules,
}: ChannelAccountsOptions): ChannelAccounts {
  const accounts = new Map<string, ChannelAccount>();
  let calls = 0n;
  let waiting = 0;
  let isClosed = false;

  const ports: AccountPorts = {
    store,
    chain,
    timers,
    clock: createSteplessClock(timers),
    counters,
    rules,
    owner: ownership.owner,
    nextCall: () => {
      calls += 1n;
      return calls;
    },
    isOwnerAlive: ownership.isAlive,
    probeOwners: ownership.probe,
  };
  const waitingRoom: WaitingRoom = {
    enter() {
      if (waiting >= maxWaiting) return false;
      waiting += 1;
      return true;
    },
    leave() {
      waiting -= 1;
    },
  };

  ownership.onLost(() => {
    for (const account of accounts.values()) account.forsake();
  });
  scheduleSweep();

  function scheduleSweep(): void {
    timers.after(idleMs / 5, () => {
      if (isClosed) return;
      sweep();
      scheduleSweep();
    });
  }

  function sweep(): void {
    const now = timers.now();
    for (const [key, account] of accounts) {
      if (now - account.lastUsed < idleMs) continue;
      if (!account.isIdle) void account.settleNow();
      else if (accounts.size > maxAccounts) accounts.delete(key);
    }
  }

  return {
    get(channelId) {
      const key = channelId.toString();
      let account = accounts.get(key);
      if (account === undefined) {
        account = new ChannelAccount(channelId, ports, waitingRoom);
        accounts.set(key, account);
      }
      // The sweep must not drop it before its caller begins.
      account.lastUsed = timers.now();
      return account;
    },
    readRecord: (channelId) => readRecord(ports, channelId),
    readClaim: (channelId, nonce) => readClaim(ports, channelId, nonce),
    async isOwnerAlive(id) {
      await ownership.probe([id]);
      return ownership.isAlive(id);
    },
    async close() {
      isClosed = true;
      const settled = Promise.all([...accounts.values()].map((account) => account.settleNow()));
      await Promise.race([settled, new Promise<void>((resolve) => timers.after(idleMs, resolve))]);
    },
  };
}
