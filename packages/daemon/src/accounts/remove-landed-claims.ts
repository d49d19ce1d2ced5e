import type { ChainView } from '../chain/chain-view.ts';
import { removeClaim } from '../ledger/claim.ts';
import type { ClaimRecord } from '../ledger/record.ts';
import { decodeClaimRecord, encodeChannelRecord } from '../ledger/record-codec.ts';
import type { Store } from '../store/store.ts';
import type { ChannelAccounts } from './channel-accounts.ts';
import { listClaims } from './list-records.ts';
import { mapBounded } from './map-bounded.ts';
import { channelKey, claimKey } from './read-record.ts';

/** Blocks on top of a landed claim before its record goes: fewer may be replaced, and it would be needed again. */
const defaultConfirmations = 12n;
/** So often a channel may change under the hands of one removal. */
const attempts = 8;

/** What the removal asks of the chain. */
export interface ClaimRemovalPorts {
  /**
   * Latest block number.
   * @throws BaseError while it is not known
   */
  latestBlock(): bigint;
  /**
   * Cogs that the claim of a nonce took; `undefined` when its event is not there.
   * @throws BaseError when the chain cannot be read
   */
  findClaimedAmount(claim: ClaimRecord): Promise<bigint | undefined>;
  /** 12 unless given. */
  readonly confirmations?: bigint;
}

/** Takes away the records of claims that the chain has. */
export interface ClaimRemoval {
  /** All that can go, of one channel. What cannot be found out now stays for the next time. */
  removeOf(channelId: bigint): Promise<void>;
  /** All that can go. */
  removeAll(): Promise<void>;
}

/** What {@link createClaimRemoval} stands on. */
export interface ClaimRemovalOptions extends ClaimRemovalPorts {
  readonly store: Store;
  readonly chain: ChainView;
  readonly accounts: Pick<ChannelAccounts, 'get' | 'readRecord'>;
}

/**
 * Removal of landed claims (ledger.md, section 5): what was taken beyond the served becomes credit. A
 * claim that took what was served needs no look at its event.
 */
export function createClaimRemoval(options: ClaimRemovalOptions): ClaimRemoval {
  const { store, chain, accounts, latestBlock, confirmations = defaultConfirmations } = options;
  /** Block at which a claim was first seen to have landed, by its key. */
  const landedAt = new Map<string, bigint>();

  /** Whether the chain has it, and had it long enough. */
  async function hasSettled(claim: ClaimRecord): Promise<boolean> {
    const key = claimKey(claim.channelId, claim.nonce);
    const channel = await chain.read(claim.channelId);
    if (channel === undefined || channel.nonce <= claim.nonce) {
      landedAt.delete(key);
      return false;
    }
    const now = latestBlock();
    const seen = landedAt.get(key) ?? now;
    landedAt.set(key, seen);
    return now >= seen + confirmations;
  }

  async function remove(claim: ClaimRecord): Promise<void> {
    if (!(await hasSettled(claim))) return;
    const claimed =
      claim.actual === claim.amount ? claim.actual : await options.findClaimedAmount(claim);
    if (claimed === undefined) return;
    const { channelId } = claim;
    const keys = { channel: channelKey(channelId), claim: claimKey(channelId, claim.nonce) };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const base = await accounts.readRecord(channelId);
      const stored = await store.get(keys.claim);
      if (stored === undefined) break;
      const record = removeClaim(base.record, decodeClaimRecord(stored.value, keys.claim), claimed);
      const [outcome] = await store.commit([
        {
          checks: [
            { key: keys.channel, version: base.version },
            { key: keys.claim, version: stored.version },
          ],
          writes: [
            { key: keys.channel, value: encodeChannelRecord(record) },
            { key: keys.claim, value: undefined },
          ],
        },
      ]);
      if (outcome?.outcome === 'applied') {
        accounts.get(channelId).adopt({ record, version: outcome.version });
        break;
      }
      // Of unknown outcome: it blocks nothing, the next time sees what became of it.
      if (outcome?.outcome !== 'conflict') return;
    }
    landedAt.delete(keys.claim);
  }

  async function removeListed(channelId?: bigint): Promise<void> {
    const claims: ClaimRecord[] = [];
    try {
      for await (const claim of listClaims(store, channelId)) claims.push(claim);
    } catch {
      return;
    }
    await mapBounded(claims, (claim) => remove(claim).catch(() => undefined));
  }

  return { removeOf: (channelId) => removeListed(channelId), removeAll: () => removeListed() };
}
