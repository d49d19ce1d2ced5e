import {
  type Channel,
  depositAndOpenChannel,
  findChannels,
  getBlockNumber,
  getChannel,
  getChannels,
  openChannel,
  type TransactionReceipt,
} from '@snetkit/contracts';
import { BaseError, bytesToHex, formatAmount } from '@snetkit/core';
import type { LedgerRecord, VerifiedState } from '@snetkit/payments';
import type { Account } from '../accounts/account.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import { findOrganizationGroup, type OrganizationGroup } from './find-organization-group.ts';
import { PaymentChannel } from './payment-channel.ts';

/** Asks the daemon of a channel how it stands. */
type AskDaemon = (channelId: bigint, signal: AbortSignal | undefined) => Promise<VerifiedState>;

/** Whose channels. */
export interface ListChannelsOptions {
  /** Name of the account; the engine's first one unless given. */
  readonly account?: string | undefined;
  /** Only channels to this group of the organization. */
  readonly group?: Pick<OrganizationGroup, 'groupId' | 'paymentAddress'> | undefined;
  /** Lets the channels ask their daemon when they are synchronised. */
  readonly askDaemon?: AskDaemon | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One channel. */
export interface LoadChannelOptions extends Omit<ListChannelsOptions, 'group'> {
  readonly channelId: bigint;
}

/** The channel to open. */
export interface OpenChannelOptions {
  readonly organizationId: string;
  /** The organization's first group unless given. */
  readonly groupName?: string | undefined;
  /** Cogs. */
  readonly amount: bigint;
  /** Block number; about two weeks beyond the group's threshold when not given. */
  readonly expiration?: bigint | undefined;
  /** Name of the account; the engine's first one unless given. */
  readonly account?: string | undefined;
  /** `true`: open one although there is one to the group already. */
  readonly another?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A channel that was opened. */
export interface OpenedChannel {
  readonly channel: PaymentChannel;
  readonly group: OrganizationGroup;
  readonly receipt: TransactionReceipt;
}

/** Blocks beyond the threshold that a channel lives unless its opener says otherwise. */
const defaultMargin = 100_000n;
/** Blocks beyond the threshold without which a channel is of no use to anybody. */
const smallestMargin = 20n;

/** The payment channels of the user's accounts (seed 004, Channels). */
export class Channels {
  readonly #engine: SnetEngine;

  /** Made by `SnetEngine`. */
  constructor(engine: SnetEngine) {
    this.#engine = engine;
  }

  /**
   * Channels that an account has opened, oldest first; those that are spent or have ended included.
   *
   * @throws BaseError `ACCOUNT_UNKNOWN`, `CHAIN_ID_MISMATCH`, `RPC_...`, `ABORTED`
   */
  async list(options: ListChannelsOptions = {}): Promise<readonly PaymentChannel[]> {
    const { signal, group } = options;
    const account = this.#engine.getAccount(options.account);
    await this.#engine.checkChain(signal);
    const { chain, config } = this.#engine;
    const mpe = config.stand.multiPartyEscrow;
    const events = await findChannels(chain, {
      mpe,
      sender: account.address,
      ...(group && {
        recipient: group.paymentAddress,
        groupId: bytesToHex(group.groupId),
      }),
      fromBlock: await this.#engine.getDeploymentBlock(signal),
      signal,
    });
    const channelIds = events.map(({ channelId }) => channelId);
    const channels = await getChannels(chain, { mpe, channelIds, signal });
    const found = channels.filter((channel) => channel !== undefined);
    return Promise.all(found.map((channel) => this.#create(channel, account, options.askDaemon)));
  }

  /**
   * One channel by its number, whoever opened it. Its transactions are signed by the account.
   *
   * @throws BaseError `CHANNEL_UNKNOWN`, `ACCOUNT_UNKNOWN`, `CHAIN_ID_MISMATCH`, `RPC_...`, `ABORTED`
   */
  async load(options: LoadChannelOptions): Promise<PaymentChannel> {
    const { channelId, signal } = options;
    const account = this.#engine.getAccount(options.account);
    await this.#engine.checkChain(signal);
    const { multiPartyEscrow: mpe } = this.#engine.config.stand;
    const channel = await getChannel(this.#engine.chain, { mpe, channelId, signal });
    if (channel !== undefined) return this.#create(channel, account, options.askDaemon);
    throw new BaseError('CHANNEL_UNKNOWN', 'The channel is not on the chain.', {
      place: `channel ${channelId} of ${mpe}`,
    });
  }

  /**
   * Opens a channel to a payment group: from the escrow balance when that is enough, otherwise from
   * the wallet.
   *
   * @throws BaseError `CHANNEL_EXISTS`, `CHANNEL_FUNDS`, `EXPIRATION_INVALID`, and those of the
   *   documents and the transaction
   */
  async open(options: OpenChannelOptions): Promise<OpenedChannel> {
    const { organizationId, groupName, amount, another = false, signal } = options;
    const { chain, config } = this.#engine;
    const account = this.#engine.getAccount(options.account);
    await this.#engine.checkChain(signal);
    const group = await findOrganizationGroup(
      { chain, config },
      { organizationId, groupName, signal },
    );
    if (!another) await this.#refuseSecond(account, group, signal);
    const expiration = await this.#chooseExpiration(group, options);
    const { multiPartyEscrow: mpe, tokenAddress: token } = config.stand;
    const inEscrow = await this.#findFunds(account, amount, signal);
    const recipient = group.paymentAddress;
    const groupId = bytesToHex(group.groupId);
    const signer = account.paymentSigner.address;
    const terms = { mpe, signer, recipient, groupId, amount, expiration, signal };
    const { channelId, receipt } = inEscrow
      ? await openChannel(chain, account.signer, terms)
      : await depositAndOpenChannel(chain, account.signer, { ...terms, token });
    const channel = await this.load({ account: account.name, channelId, signal });
    return { channel, group, receipt };
  }

  async #create(
    channel: Channel,
    account: Account,
    askDaemon: AskDaemon | undefined,
  ): Promise<PaymentChannel> {
    const { chain, config } = this.#engine;
    const readRecord = (channelId: bigint) => this.#readRecord(channelId);
    const record = await readRecord(channel.id);
    const { stand } = config;
    return new PaymentChannel({ channel, record, chain, stand, account, readRecord, askDaemon });
  }

  #readRecord(channelId: bigint): Promise<LedgerRecord | undefined> {
    const { network, stand } = this.#engine.config;
    const { multiPartyEscrow: mpe } = stand;
    return this.#engine.getLedger().get({ chainId: network.chainId, mpe, channelId });
  }

  async #refuseSecond(
    account: Account,
    group: OrganizationGroup,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const [first] = await this.list({ account: account.name, group, signal });
    if (first === undefined) return;
    const { token } = this.#engine;
    throw new BaseError('CHANNEL_EXISTS', 'There is a channel to this payment group already.', {
      place: `payment group ${JSON.stringify(group.groupName)}`,
      found: `channel ${first.id} with ${formatAmount(first.value, token)} until block ${first.expiration}`,
    });
  }

  async #chooseExpiration(
    { paymentExpirationThreshold: threshold }: OrganizationGroup,
    { expiration, signal }: OpenChannelOptions,
  ): Promise<bigint> {
    const block = await getBlockNumber(this.#engine.chain, { signal });
    if (expiration === undefined) return block + threshold + defaultMargin;
    const earliest = block + threshold + smallestMargin;
    if (expiration >= earliest) return expiration;
    throw new BaseError('EXPIRATION_INVALID', 'The channel would expire too early to be used.', {
      expected: `block ${earliest} or later: the group wants ${threshold} blocks, and now is block ${block}`,
      found: `block ${expiration}`,
    });
  }

  /** Whether the escrow balance is enough; otherwise the wallet must be. */
  async #findFunds(
    account: Account,
    amount: bigint,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { escrow, wallet } = await account.getBalances({ signal });
    if (escrow >= amount) return true;
    if (wallet >= amount) return false;
    const { token } = this.#engine;
    throw new BaseError('CHANNEL_FUNDS', 'The account does not have so much.', {
      place: account.address,
      expected: `${formatAmount(amount, token)} in the wallet or in the escrow`,
      found: `${formatAmount(wallet, token)} in the wallet, ${formatAmount(escrow, token)} in the escrow`,
    });
  }
}
