import type { ChainView, ChannelOnChain } from '../chain/chain-view.ts';
import { describeForeignChannel, type OwnGroup } from '../chain/describe-foreign-channel.ts';
import { advanceToChain } from '../ledger/advance.ts';
import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { type LedgerRules, ledgerRules } from '../ledger/rules.ts';
import { getOwed, getTop } from '../ledger/top.ts';
import type { Store } from '../store/store.ts';
import type { ChannelAccounts } from './channel-accounts.ts';
import {
  refuseClaimBusy,
  refuseClaimNothing,
  refuseClaimUnknown,
  refuseClaimUnreadable,
  refuseClaimUnsure,
} from './claim-refusals.ts';
import { listChannels, listClaims } from './list-records.ts';
import { mapBounded } from './map-bounded.ts';
import { channelKey, claimKey, type RecordSnapshot } from './read-record.ts';
import { type ClaimRemovalPorts, createClaimRemoval } from './remove-landed-claims.ts';

/** How long a claim waits for calls that run here: 2 s (ledger.md, section 5). */
const drainMs = 2_000;
/** So often a channel may change under the hands of one request. */
const attempts = 16;

/** What a channel owes to the provider and has not been claimed. */
export interface UnclaimedChannel {
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Top of the current nonce in cogs: what was signed. */
  readonly amount: bigint;
  /** What was really served. */
  readonly actual: bigint;
  /** Block number; undefined while the channel cannot be read. */
  readonly expiration: bigint | undefined;
}

/** A claim that was started and has not landed on the chain. */
export interface ClaimInProgress extends ClaimRecord {
  /** Block number; undefined while the channel cannot be read. */
  readonly expiration: bigint | undefined;
}

/** What the provider does with the signed payments (ledger.md, section 5; daemon.md 4.7). */
export interface Claims {
  /**
   * Nonce that the next claim of a channel settles, as far as it is known without asking the chain:
   * who asks is not checked yet.
   *
   * @throws PaymentRefusal when the store cannot be read
   */
  getNonce(channelId: bigint): Promise<bigint>;
  /**
   * Moves the signed payment out of the channel, into a claim.
   *
   * @throws PaymentRefusal with code 2 and the official texts
   */
  start(channelId: bigint): Promise<ClaimRecord>;
  /**
   * Starts the claims of several channels. All are looked at before the first is touched; one that is
   * in progress already is returned as it is, so that asking again completes what was interrupted.
   *
   * @throws PaymentRefusal of the first channel that cannot be claimed
   */
  startMany(channelIds: readonly bigint[]): Promise<readonly ClaimRecord[]>;
  /** Channels that owe something, ascending by id. */
  listUnclaimed(): Promise<readonly UnclaimedChannel[]>;
  /** Claims that have not landed, ascending by channel. */
  listInProgress(): Promise<readonly ClaimInProgress[]>;
  /** Removes what has landed long enough ago; what cannot be found out now stays. Never rejects. */
  removeLanded(): Promise<void>;
}

/** What {@link createClaims} stands on. */
export interface ClaimsOptions extends OwnGroup, ClaimRemovalPorts {
  readonly store: Store;
  readonly chain: ChainView;
  readonly accounts: Pick<ChannelAccounts, 'get' | 'readRecord' | 'readClaim'>;
  /** The ledger's own unless given. */
  readonly rules?: LedgerRules;
}

/** Claims on the records that calls are paid on; needs no lock and is safe at any moment. */
export function createClaims(options: ClaimsOptions): Claims {
  const { store, chain, accounts, latestBlock, rules = ledgerRules } = options;
  const removal = createClaimRemoval(options);

  async function readChannel(channelId: bigint): Promise<ChannelOnChain> {
    let channel: ChannelOnChain | undefined;
    try {
      channel = await chain.read(channelId);
    } catch (cause) {
      throw refuseClaimUnreadable(channelId, cause);
    }
    if (channel === undefined || describeForeignChannel(channel, options) !== undefined) {
      throw refuseClaimUnknown(channelId);
    }
    return channel;
  }

  /** The record as it counts now, when it can be claimed. */
  async function readClaimable(
    channelId: bigint,
  ): Promise<{ channel: ChannelOnChain; base: RecordSnapshot; record: ChannelRecord }> {
    const channel = await readChannel(channelId);
    let base: RecordSnapshot;
    let inProgress: ClaimRecord | undefined;
    try {
      base = await accounts.readRecord(channelId);
      inProgress = await accounts.readClaim(channelId, channel.nonce);
    } catch (cause) {
      throw refuseClaimUnreadable(channelId, cause);
    }
    const record = advanceToChain(base.record, channel.nonce);
    if (inProgress !== undefined || record.nonce !== channel.nonce) {
      throw refuseClaimBusy(channelId);
    }
    // What was taken too much under earlier nonces may cover it all: such a claim would never land.
    if (base.version === 0n || getOwed(record) === 0n) throw refuseClaimNothing(channelId);
    return { channel, base, record };
  }

  async function write(channelId: bigint): Promise<ClaimRecord> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { channel, base, record } = await readClaimable(channelId);
      const started = rules.startClaim(record, { block: latestBlock() });
      const { channelId: _, block: __, ...snapshot } = channel;
      const next = { ...started.record, chain: snapshot };
      const claim = claimKey(channelId, started.claim.nonce);
      const [outcome] = await store.commit([
        {
          checks: [
            { key: channelKey(channelId), version: base.version },
            { key: claim, version: 0n },
          ],
          writes: [
            { key: claim, value: encodeClaimRecord(started.claim) },
            { key: channelKey(channelId), value: encodeChannelRecord(next) },
          ],
        },
      ]);
      if (outcome?.outcome === 'applied') {
        accounts.get(channelId).adopt({ record: next, version: outcome.version });
        return started.claim;
      }
      if (outcome?.outcome !== 'conflict') throw refuseClaimUnsure(channelId, outcome?.cause);
    }
    throw refuseClaimBusy(channelId);
  }

  async function start(channelId: bigint): Promise<ClaimRecord> {
    await removal.removeOf(channelId);
    await readClaimable(channelId);
    const admitAgain = await accounts.get(channelId).drain({ ms: drainMs });
    try {
      return await write(channelId);
    } finally {
      admitAgain();
    }
  }

  async function findInProgress(channelId: bigint): Promise<ClaimRecord | undefined> {
    const channel = await readChannel(channelId);
    try {
      return await accounts.readClaim(channelId, channel.nonce);
    } catch (cause) {
      throw refuseClaimUnreadable(channelId, cause);
    }
  }

  /** As the chain has it, or had it; undefined when neither is known. */
  async function see(channelId: bigint): Promise<ChannelOnChain | undefined> {
    return chain.peek(channelId) ?? (await chain.read(channelId).catch(() => undefined));
  }

  return {
    start,
    removeLanded: removal.removeAll,
    async getNonce(channelId) {
      try {
        const { record } = await accounts.readRecord(channelId);
        return advanceToChain(record, chain.peek(channelId)?.nonce ?? 0n).nonce;
      } catch (cause) {
        throw refuseClaimUnreadable(channelId, cause);
      }
    },
    async startMany(channelIds) {
      const ids = [...new Set(channelIds)].sort((a, b) => (a < b ? -1 : 1));
      const known = await mapBounded(ids, async (id) => {
        const inProgress = await findInProgress(id);
        if (inProgress === undefined) await readClaimable(id);
        return inProgress;
      });
      const claims: ClaimRecord[] = [];
      for (const [index, id] of ids.entries()) claims.push(known[index] ?? (await start(id)));
      return claims;
    },
    async listUnclaimed() {
      const owing: ChannelRecord[] = [];
      for await (const record of listChannels(store)) {
        if (getTop(record).amount > 0n) owing.push(record);
      }
      const channels = await mapBounded(owing, async (stored) => {
        const channel = await see(stored.channelId);
        const onChain = channel ?? stored.chain;
        const record = onChain === undefined ? stored : advanceToChain(stored, onChain.nonce);
        const { channelId, nonce } = record;
        const { amount } = getTop(record);
        return {
          channelId,
          nonce,
          amount,
          actual: getOwed(record),
          expiration: onChain?.expiration,
        };
      });
      // The official treasurer starts whatever is listed, and stops at the first refusal.
      return channels.filter(({ actual }) => actual > 0n).sort(byChannel);
    },
    async listInProgress() {
      await removal.removeAll();
      const started: ClaimRecord[] = [];
      for await (const claim of listClaims(store)) started.push(claim);
      const claims = await mapBounded(started, async (claim) => {
        const channel = await chain.read(claim.channelId).catch(() => undefined);
        const hasLanded = channel !== undefined && channel.nonce > claim.nonce;
        return hasLanded ? undefined : { ...claim, expiration: channel?.expiration };
      });
      return claims.filter((claim) => claim !== undefined).sort(byChannel);
    },
  };
}

function byChannel(a: { channelId: bigint }, b: { channelId: bigint }): number {
  return a.channelId < b.channelId ? -1 : a.channelId > b.channelId ? 1 : 0;
}
