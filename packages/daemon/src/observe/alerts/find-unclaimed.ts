import { listChannels, listClaims } from '../../accounts/list-records.ts';
import { mapBounded } from '../../accounts/map-bounded.ts';
import type { ChainView } from '../../chain/chain-view.ts';
import { advanceToChain } from '../../ledger/advance.ts';
import { getOwed } from '../../ledger/top.ts';
import type { Store } from '../../store/store.ts';

/** An amount that the provider can still take, and that its client may soon take back. */
export interface Unclaimed {
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Cogs. */
  readonly amount: bigint;
  /** Block from which on the client may take it back. */
  readonly expiration: bigint;
  /** Whether a claim was started, and has not landed on the chain. */
  readonly isStarted: boolean;
}

/** What {@link findUnclaimed} looks at. */
export interface FindUnclaimedOptions {
  readonly store: Pick<Store, 'list'>;
  readonly chain: ChainView;
  /** Channels that expire after this block are left out. */
  readonly before: bigint;
}

interface Candidate extends Omit<Unclaimed, 'expiration' | 'amount'> {
  /** What would be owed if the channel's nonce on the chain were this. */
  owedAt(nonce: bigint): bigint;
}

/**
 * Amounts on channels that expire soon, those that expire first at the head. Channels whose expiry is
 * known to be far are not looked up on the chain: it only ever grows.
 *
 * @throws BaseError when the store cannot be read
 */
export async function findUnclaimed(options: FindUnclaimedOptions): Promise<readonly Unclaimed[]> {
  const { store, chain, before } = options;
  const candidates: Candidate[] = [];
  const isFar = (channelId: bigint, known?: bigint) =>
    (chain.peek(channelId)?.expiration ?? known ?? 0n) > before;
  for await (const record of listChannels(store)) {
    const { channelId, nonce } = record;
    if (getOwed(record) === 0n || isFar(channelId, record.chain?.expiration)) continue;
    const owedAt = (current: bigint) => getOwed(advanceToChain(record, current));
    candidates.push({ channelId, nonce, isStarted: false, owedAt });
  }
  for await (const { channelId, nonce, actual } of listClaims(store)) {
    if (actual === 0n || isFar(channelId)) continue;
    const owedAt = (current: bigint) => (current > nonce ? 0n : actual);
    candidates.push({ channelId, nonce, isStarted: true, owedAt });
  }
  const found = await mapBounded(candidates, async ({ owedAt, ...rest }) => {
    const channel =
      (await chain.read(rest.channelId).catch(() => undefined)) ?? chain.peek(rest.channelId);
    if (channel === undefined || channel.expiration > before) return undefined;
    return { ...rest, amount: owedAt(channel.nonce), expiration: channel.expiration };
  });
  return found
    .filter((one) => one !== undefined && one.amount > 0n)
    .map((one) => one as Unclaimed)
    .sort((a, b) => (a.expiration < b.expiration ? -1 : a.expiration > b.expiration ? 1 : 0));
}
