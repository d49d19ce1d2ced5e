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
   * Nonce that a channel had after a block; `undefined` when it was not open then.
   * @throws BaseError when the chain cannot be read
   */
  readNonceAt(channelId: bigint, block: bigint): Promise<bigint | undefined>;
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

  /** Whether the chain had it long enough ago, whoever looked then. */
  async function hasSettled({ channelId, nonce }: ClaimRecord): Promise<boolean> {
    // The view is right but for the last blocks, and most claims in progress have not landed.
    const channel = chain.peek(channelId) ?? (await chain.read(channelId));
    if (channel === undefined || channel.nonce <= nonce) return false;
    const block = latestBlock() - confirmations;
    return block >= 0n && ((await options.readNonceAt(channelId, block)) ?? 0n) > nonce;
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
      if (stored === undefined) return;
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
        return;
      }
      // Of unknown outcome: it blocks nothing, the next time sees what became of it.
      if (outcome?.outcome !== 'conflict') return;
    }
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
