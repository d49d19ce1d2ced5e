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
import { getUnspent } from '@snetkit/payments';
import type { Account } from '../accounts/account.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import { findOrganizationGroup, type OrganizationGroup } from './find-organization-group.ts';
import type { PaymentChannel } from './payment-channel.ts';

/** Whose channels. */
export interface ListChannelsOptions {
  /** Name of the account; the engine's first one unless given. */
  readonly account?: string | undefined;
  /** Only channels to this group of the organization. */
  readonly group?: Pick<OrganizationGroup, 'groupId' | 'paymentAddress'> | undefined;
  readonly signal?: AbortSignal | undefined;
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
    return Promise.all(found.map((channel) => this.#addSigned(channel)));
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
    const channel = await getChannel(chain, { mpe, channelId, signal });
    if (channel !== undefined) {
      return { channel: await this.#addSigned(channel), group, receipt };
    }
    throw new BaseError('CHANNEL_UNKNOWN', 'The new channel is not on the chain.', {
      place: `channel ${channelId} of ${mpe}`,
    });
  }

  async #addSigned(channel: Channel): Promise<PaymentChannel> {
    const { network, stand } = this.#engine.config;
    const record = await this.#engine.getLedger().get({
      chainId: network.chainId,
      mpe: stand.multiPartyEscrow,
      channelId: channel.id,
    });
    // What was signed at another nonce has been claimed, or is void.
    if (record === undefined || record.nonce < channel.nonce) {
      return { ...channel, signed: undefined, unspent: channel.value };
    }
    const unspent = getUnspent({ ...record, value: channel.value });
    return { ...channel, signed: record.signed, unspent };
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
