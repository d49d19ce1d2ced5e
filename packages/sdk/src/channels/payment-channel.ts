import {
  addFunds,
  type ChainClient,
  type Channel,
  claimTimeout,
  escrowContract,
  extendAndAddFunds,
  extendChannel,
  type FundedResult,
  getBlockNumber,
  getChannel,
  readContract,
  type TransactionOptions,
  type TransactionResult,
} from '@snetkit/contracts';
import { type Address, BaseError, type Hex, type Stand, sameAddress } from '@snetkit/core';
import type { LedgerRecord, VerifiedState } from '@snetkit/payments';
import type { Account } from '../accounts/account.ts';
import { measureSpending } from './measure-spending.ts';

/** How much, and how the transaction is sent. */
export interface ChannelFundsOptions extends TransactionOptions {
  /** Cogs; taken from the escrow balance, and from the wallet what that lacks. */
  readonly amount: bigint;
}

/** Until when, and how the transaction is sent. */
export interface ChannelExpirationOptions extends TransactionOptions {
  /** Block number. */
  readonly expiration: bigint;
}

/** What came back from an expired channel. */
export interface ClaimedUnused extends TransactionResult {
  /**
   * Cogs; they are in the escrow balance now. Undefined when an earlier program sent the transaction, and the
   * endpoint no longer tells what was in the channel then.
   */
  readonly amount: bigint | undefined;
}

/** What a channel is made of; see `Channels`. */
export interface PaymentChannelParts {
  readonly channel: Channel;
  readonly record: LedgerRecord | undefined;
  readonly chain: ChainClient;
  readonly stand: Pick<Stand, 'multiPartyEscrow' | 'tokenAddress'>;
  /** Sends the transactions. */
  readonly account: Pick<Account, 'signer'>;
  readRecord(channelId: bigint): Promise<LedgerRecord | undefined>;
  /** Known where the channel came from a service client. */
  readonly askDaemon?:
    | ((channelId: bigint, signal: AbortSignal | undefined) => Promise<VerifiedState>)
    | undefined;
}

/**
 * A payment channel as the chain had it when it was last looked at, and what this machine has signed on it
 * (seed 004, PaymentChannel). Amounts in cogs.
 */
export class PaymentChannel implements Channel {
  declare readonly id: bigint;
  /** Counts the claims. */
  declare readonly nonce: bigint;
  declare readonly sender: Address;
  /** May sign payments, as the sender may. */
  declare readonly signer: Address;
  declare readonly recipient: Address;
  /** 32 bytes. */
  declare readonly groupId: Hex;
  declare readonly value: bigint;
  /** Block number from which the sender may take the rest back. */
  declare readonly expiration: bigint;
  /** Highest amount signed; undefined when neither this machine's ledger nor a daemon has told. */
  declare readonly signed: bigint | undefined;
  /** What can still be signed; the whole value when nobody has told what was signed. */
  declare readonly unspent: bigint;
  readonly #parts: PaymentChannelParts;

  /** Made by `Channels` and by service clients. */
  constructor(parts: PaymentChannelParts) {
    this.#parts = parts;
    Object.assign(this, parts.channel, measureSpending(parts.channel, parts.record));
  }

  /**
   * Gives the channel more money.
   *
   * @throws BaseError `CHANNEL_UNKNOWN`, and those of the transaction
   */
  async addFunds({ amount, ...options }: ChannelFundsOptions): Promise<FundedResult> {
    const { chain, account } = this.#parts;
    const result = await addFunds(chain, account.signer, { ...options, ...this.#own(), amount });
    await this.#reload(options.signal);
    return result;
  }

  /** Lets the channel live longer. @throws BaseError those of the transaction */
  async extendExpiration(options: ChannelExpirationOptions): Promise<TransactionResult> {
    const { chain, account } = this.#parts;
    const result = await extendChannel(chain, account.signer, { ...options, ...this.#own() });
    await this.#reload(options.signal);
    return result;
  }

  /** Both in one transaction. @throws BaseError those of the transaction */
  async extendAndAddFunds(
    options: ChannelFundsOptions & ChannelExpirationOptions,
  ): Promise<FundedResult> {
    const { chain, account } = this.#parts;
    const result = await extendAndAddFunds(chain, account.signer, { ...options, ...this.#own() });
    await this.#reload(options.signal);
    return result;
  }

  /**
   * Takes what is left in the channel back into the escrow balance, once it has expired: what the
   * provider has not claimed by then is lost to him.
   *
   * One that an earlier program has sent is waited for, and not sent again.
   *
   * @throws BaseError `CHANNEL_NOT_EXPIRED`, `CHANNEL_EMPTY`, `CHANNEL_MISMATCH`, and those of the transaction
   */
  async claimUnused(options: TransactionOptions = {}): Promise<ClaimedUnused> {
    const { chain, account } = this.#parts;
    let held: bigint | undefined;
    const result = await claimTimeout(chain, account.signer, {
      ...options,
      ...this.#own(),
      prepare: async () => {
        await this.#reload(options.signal);
        await this.#assertClaimable(options);
        held = this.value;
      },
    });
    const amount = held ?? (await this.#findClaimed(result, options));
    await this.#reload(options.signal);
    return { ...result, amount };
  }

  /**
   * Looks the channel up on the chain again, and in the ledger of this machine. A channel of a service
   * client asks the daemon, too; only what the client's own signatures confirm is believed.
   *
   * @throws BaseError `CHANNEL_UNKNOWN`, `DAEMON_STATE_INVALID`, `RPC_...`, `ABORTED`, `SERVICE_UNREACHABLE`
   */
  async syncState(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    const told = await this.#parts.askDaemon?.(this.id, options.signal);
    await this.#reload(options.signal, told);
  }

  /** The escrow would refuse it without a reason, or take back nothing. */
  async #assertClaimable({ signal }: TransactionOptions): Promise<void> {
    const { chain, account, stand } = this.#parts;
    const place = `channel ${this.id} of ${stand.multiPartyEscrow}`;
    const { address } = account.signer;
    if (!sameAddress(this.sender, address)) {
      throw new BaseError('CHANNEL_MISMATCH', 'The channel belongs to another account.', {
        place,
        expected: `the account ${this.sender}, which opened it`,
        found: address,
        hint: 'Use the account that opened the channel.',
      });
    }
    if (this.value === 0n) {
      throw new BaseError('CHANNEL_EMPTY', 'Nothing is left in the channel.', { place });
    }
    const block = await getBlockNumber(chain, { signal });
    if (block >= this.expiration) return;
    throw new BaseError('CHANNEL_NOT_EXPIRED', 'The channel has not expired yet.', {
      place,
      expected: `block ${this.expiration} or later`,
      found: `block ${block}, ${this.expiration - block} too early`,
      hint: 'Try again then; until that block the provider can claim what was signed.',
    });
  }

  /** What the channel held in the block before: the escrow tells it no other way. */
  async #findClaimed(
    { receipt }: TransactionResult,
    { signal }: TransactionOptions,
  ): Promise<bigint | undefined> {
    const { chain } = this.#parts;
    const { mpe: address, channelId } = this.#own();
    const call = escrowContract.read('channels', [channelId]);
    const blockNumber = receipt.blockNumber - 1n;
    try {
      const [, , , , , value] = await readContract(chain, { address, call, blockNumber, signal });
      return value;
    } catch (error) {
      // Nodes forget what was long ago.
      if (error instanceof BaseError && error.code === 'RPC_REFUSED') return undefined;
      throw error;
    }
  }

  #own() {
    const { multiPartyEscrow: mpe, tokenAddress: token } = this.#parts.stand;
    return { mpe, token, channelId: this.id };
  }

  async #reload(signal: AbortSignal | undefined, told?: VerifiedState): Promise<void> {
    const { mpe, channelId } = this.#own();
    const [channel, record] = await Promise.all([
      getChannel(this.#parts.chain, { mpe, channelId, signal }),
      this.#parts.readRecord(channelId),
    ]);
    if (channel === undefined) {
      const place = `channel ${channelId} of ${mpe}`;
      throw new BaseError('CHANNEL_UNKNOWN', 'The channel is not on the chain.', { place });
    }
    Object.assign(this, channel, measureSpending(channel, record, told));
  }
}
