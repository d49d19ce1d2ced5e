import { type Channel, getBlockNumber, getChannel } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import type { ChannelKey } from '../ledger/client-ledger.ts';
import { getUnspent, type LedgerRecord } from '../ledger/ledger-record.ts';
import { synchronise, type VerifiedState } from '../ledger/synchronise.ts';
import { checkDaemon } from '../state/check-daemon.ts';
import { getChannelState } from '../state/get-channel-state.ts';
import { verifyChannelState } from '../state/verify-channel-state.ts';
import { abortable } from './abortable.ts';
import { BlockEstimate } from './block-estimate.ts';
import { checkChannel } from './check-channel.ts';
import { findOwnChannels } from './find-own-channels.ts';
import { expiryMargin, openChannelFor, refreshChannel, settleOpenings } from './fund-channel.ts';
import type { Payer } from './payer.ts';

/** What a channel is wanted for. */
export interface ChannelWish {
  readonly price: bigint;
  readonly signal?: AbortSignal | undefined;
}

/** A channel's record, and the daemon's word that brought it up to date. */
export interface Synchronised {
  readonly record: LedgerRecord;
  readonly state: VerifiedState;
}

/**
 * Keeps one channel of a group ready: finds or opens it, brings its ledger record up to date, gives
 * it money and time. Whatever takes requests is done once for all calls that wait for it.
 */
export class ChannelKeeper {
  readonly #payer: Payer;
  readonly #blocks: BlockEstimate;
  #key: ChannelKey | undefined;
  #record: LedgerRecord | undefined;
  #work: Promise<unknown> | undefined;
  #asking: Promise<Synchronised> | undefined;
  #next: Promise<Synchronised> | undefined;

  constructor(payer: Payer) {
    this.#payer = payer;
    this.#blocks = new BlockEstimate(payer.blockSeconds);
  }

  /** Key and last known record of a channel that can pay; no request when nothing has changed. */
  async ready(wish: ChannelWish): Promise<{ key: ChannelKey; record: LedgerRecord }> {
    if (this.#key === undefined || this.#record === undefined) {
      await this.#once(() => this.#find(wish.price), wish.signal);
    }
    if (this.#isNearExpiry()) await this.fund({ ...wish, wanted: wish.price });
    const [key, record] = [this.#key, this.#record];
    if (key !== undefined && record !== undefined) return { key, record };
    throw this.#unknown();
  }

  /** Takes note of the record as an update left it. */
  note(record: LedgerRecord): void {
    this.#record = record;
  }

  /** Asks chain and daemon how the channel stands, and corrects the ledger. */
  async resynchronise(signal?: AbortSignal): Promise<Synchronised> {
    const channelId = this.#key?.channelId;
    if (channelId === undefined) throw this.#unknown();
    // Work that is under way may have asked before what is now in doubt: it does not count.
    await this.#work?.catch(() => {});
    // So does a question that is under way: whoever comes meanwhile shares the next one.
    this.#next ??= this.#askAgain(channelId);
    return abortable(this.#next, signal);
  }

  async #askAgain(channelId: bigint): Promise<Synchronised> {
    await this.#asking?.catch(() => {});
    this.#asking = this.#next;
    this.#next = undefined;
    return this.#synchronise(channelId);
  }

  /** Gives the channel money for `wanted` cogs more, or time, as the policy allows. */
  async fund({ price, wanted, signal }: ChannelWish & { readonly wanted: bigint }): Promise<void> {
    await this.#once(() => this.#fund(price, wanted), signal);
  }

  async #fund(price: bigint, wanted: bigint): Promise<void> {
    const { chain, group } = this.#payer;
    const channelId = this.#key?.channelId;
    if (channelId === undefined) return;
    // Somebody else may have topped it up already.
    const { record } = await this.#synchronise(channelId);
    const missing = wanted - getUnspent(record);
    if (missing <= 0n && !this.#isNearExpiry()) return;
    const channel = await getChannel(chain, { mpe: group.mpe, channelId });
    if (channel === undefined) return;
    await refreshChannel(this.#payer, channel, { price, missing: missing > 0n ? missing : 0n });
    await this.#synchronise(channelId);
  }

  /**
   * Runs work that others may wait for; one at a time. It is everybody's, so nobody's signal ends it:
   * who is cancelled only stops waiting.
   */
  async #once(work: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
    this.#work ??= work().finally(() => {
      this.#work = undefined;
    });
    await abortable(this.#work, signal);
  }

  async #find(price: bigint): Promise<void> {
    const { channelId } = this.#payer;
    const chosen = channelId ?? (await this.#choose(price)) ?? (await this.#chooseOpened(price));
    const opened = chosen ?? (await this.#open(price));
    await this.#synchronise(opened);
  }

  async #open(price: bigint): Promise<bigint> {
    await checkDaemon(this.#payer.daemon);
    const { id } = await openChannelFor(this.#payer, { price, missing: price });
    // It is new: nobody else can have it.
    await this.#payer.claimChannel?.(id);
    return id;
  }

  /** The first one that is nobody else's. */
  async #claim(ids: readonly bigint[]): Promise<bigint | undefined> {
    for (const id of ids) if ((await this.#payer.claimChannel?.(id)) ?? true) return id;
    return undefined;
  }

  /** One that is being opened while it is looked for. */
  async #chooseOpened(price: bigint): Promise<bigint | undefined> {
    if (this.#payer.funding.neverFund) return undefined;
    await settleOpenings(this.#payer);
    return this.#choose(price);
  }

  /** The own channel with most left to spend; from the ledger when one is there, else from the chain. */
  async #choose(price: bigint): Promise<bigint | undefined> {
    const { chain, group, ledger, signer } = this.#payer;
    const sender = this.#payer.sender ?? signer.address;
    const known = (await ledger.list(group)).filter(
      (record) =>
        record.recipient.toLowerCase() === group.recipient.toLowerCase() &&
        record.groupId.toLowerCase() === group.groupId.toLowerCase() &&
        record.sender.toLowerCase() === sender.toLowerCase() &&
        [record.signer, record.sender].some(
          (one) => one.toLowerCase() === signer.address.toLowerCase(),
        ),
    );
    for (const record of known.toSorted((a, b) => (getUnspent(a) > getUnspent(b) ? -1 : 1))) {
      if (getUnspent(record) < price || !(await this.#isOnChain(record))) break;
      const claimed = await this.#claim([record.channelId]);
      if (claimed !== undefined) return claimed;
    }
    const { searches } = ledger;
    const wanted = { sender, signer: signer.address, searches };
    const own = await findOwnChannels(chain, group, wanted);
    const unspentOf = (channel: Channel) => {
      const record = known.find(({ channelId }) => channelId === channel.id);
      return record === undefined ? channel.value : getUnspent({ ...record, value: channel.value });
    };
    const sorted = own.toSorted((a, b) => (unspentOf(a) > unspentOf(b) ? -1 : 1));
    return this.#claim(sorted.map(({ id }) => id));
  }

  async #synchronise(channelId: bigint): Promise<Synchronised> {
    const { chain, group, ledger, signer, daemon } = this.#payer;
    const { chainId, mpe } = group;
    const [channel, block] = await Promise.all([
      getChannel(chain, { mpe, channelId }),
      getBlockNumber(chain),
    ]);
    if (channel === undefined) {
      throw new BaseError('CHANNEL_UNKNOWN', 'The channel is not on the chain', {
        place: `channel ${channelId} of ${mpe}`,
      });
    }
    checkChannel(this.#payer, channel);
    this.#blocks.set(block);
    const key = { chainId, mpe, channelId };
    const asked = await ledger.get(key);
    const reply = await getChannelState(daemon, { mpe, channelId, signer, block });
    const state = verifyChannelState(reply, { ...channel, mpe, channelId });
    const record = await ledger.update(key, (known) => {
      const updated = synchronise(known ?? newRecord(channel), state, {
        isHolderAlive: ledger.isHolderAlive,
        asked,
      });
      return { record: updated, result: updated };
    });
    this.#key = key;
    this.#record = record;
    return { record, state };
  }

  /** A local network starts anew with every run: what is written down may be of an earlier one. */
  async #isOnChain({ channelId, recipient, groupId }: LedgerRecord): Promise<boolean> {
    const { chain, group } = this.#payer;
    const channel = await getChannel(chain, { mpe: group.mpe, channelId });
    return channel?.recipient === recipient && channel.groupId === groupId;
  }

  #isNearExpiry(): boolean {
    const block = this.#blocks.get();
    if (this.#record === undefined || block === undefined) return false;
    const { expirationThreshold } = this.#payer.group;
    return block + expirationThreshold + expiryMargin >= this.#record.expiration;
  }

  #unknown(): BaseError {
    const place = `payment group of ${this.#payer.group.recipient}`;
    return new BaseError('CHANNEL_UNKNOWN', 'No channel is ready', { place });
  }
}

function newRecord({ id, sender, signer, recipient, groupId, ...channel }: Channel): LedgerRecord {
  return {
    channelId: id,
    sender,
    signer,
    recipient,
    groupId,
    nonce: channel.nonce,
    value: channel.value,
    expiration: channel.expiration,
    claimed: 0n,
    signed: 0n,
    free: [],
    pending: [],
    charged: [],
    maxInFlight: 1,
    synchronised: false,
  };
}
