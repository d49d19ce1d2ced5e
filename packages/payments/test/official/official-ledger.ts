import { type ChainClient, type Channel, getBlockNumber, getChannel } from '@snetkit/contracts';
import { type Address, packClaimMessage, recoverSigner, sameAddress } from '@snetkit/core';

/** How the official daemon refuses: code and text of protocol/daemon.md. */
export class OfficialRefusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the official daemon keeps of a channel. Amounts in cogs. */
interface StoredChannel {
  authorized: bigint;
  signature: Uint8Array;
  isLocked: boolean;
  planned: bigint;
  used: bigint;
  /** Was ever bought from. */
  isPlanned: boolean;
}

/** A signed amount. */
export interface OfficialPayment {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly amount: bigint;
  readonly signature: Uint8Array;
}

/** Whom channels must pay. */
export interface OfficialTerms {
  readonly chain: ChainClient;
  readonly mpe: Address;
  readonly price: bigint;
  readonly threshold: bigint;
}

/**
 * The payment rules of the official daemon (protocol/daemon.md 4.1, 4.3, 4.4): one call at a time on a
 * channel, an amount must continue the last one exactly, and a payment that was taken is taken no more.
 */
export class OfficialLedger {
  readonly #terms: OfficialTerms;
  readonly #channels = new Map<bigint, StoredChannel>();

  constructor(terms: OfficialTerms) {
    this.#terms = terms;
  }

  /** What is kept of a channel. */
  get(channelId: bigint): StoredChannel {
    const known = this.#channels.get(channelId);
    if (known !== undefined) return known;
    const fresh: StoredChannel = {
      authorized: 0n,
      signature: new Uint8Array(),
      isLocked: false,
      planned: 0n,
      used: 0n,
      isPlanned: false,
    };
    this.#channels.set(channelId, fresh);
    return fresh;
  }

  /** Steps 2 to 10 of 4.1; the channel stays locked until `commit` or `rollback`. */
  async begin(
    payment: OfficialPayment,
    price: bigint = this.#terms.price,
  ): Promise<{ commit(): void; rollback(): void }> {
    const stored = this.#lock(payment.channelId);
    const unlock = () => {
      stored.isLocked = false;
    };
    try {
      await this.check(payment);
      const income = payment.amount - stored.authorized;
      if (income !== price) {
        throw new OfficialRefusal(16, `income ${income} does not equal to price ${price}`);
      }
    } catch (error) {
      unlock();
      throw error;
    }
    return {
      commit() {
        stored.authorized = payment.amount;
        stored.signature = payment.signature;
        unlock();
      },
      rollback: unlock,
    };
  }

  /** GetToken's purchase (4.4), its outer signature apart. */
  async plan(payment: OfficialPayment): Promise<{ planned: bigint; used: bigint }> {
    const stored = this.get(payment.channelId);
    if (payment.amount < stored.authorized) {
      throw new OfficialRefusal(
        2,
        'signed amount for token request needs to be greater than last signed amount',
      );
    }
    try {
      await this.check(payment);
      if (payment.amount > stored.authorized) {
        this.#lock(payment.channelId);
        stored.planned += payment.amount - stored.authorized;
        stored.isPlanned = true;
        stored.authorized = payment.amount;
        stored.signature = payment.signature;
        stored.isLocked = false;
      }
    } catch (error) {
      if (error instanceof OfficialRefusal) throw new OfficialRefusal(2, error.message);
      throw error;
    }
    if (!stored.isPlanned) throw new OfficialRefusal(2, 'unable to retrieve planned Amount <nil>');
    return { planned: stored.planned, used: stored.used };
  }

  /** Step 4 of 4.3. */
  use(channelId: bigint): { rollback(): void } {
    const stored = this.get(channelId);
    const { price } = this.#terms;
    if (stored.used + price > stored.planned) {
      throw new OfficialRefusal(13, `internal error: Usage Exceeded on channel Id ${channelId}`);
    }
    stored.used += price;
    return {
      rollback() {
        stored.used -= price;
      },
    };
  }

  /** Steps 3 to 9 of 4.1. */
  async check({ channelId, nonce, amount, signature }: OfficialPayment): Promise<Channel> {
    const { chain, mpe, threshold } = this.#terms;
    const channel = await getChannel(chain, { mpe, channelId });
    if (channel === undefined) {
      throw new OfficialRefusal(16, `payment channel "{ID: ${channelId}}" not found`);
    }
    if (nonce !== channel.nonce) {
      throw new OfficialRefusal(
        1000,
        `incorrect payment channel nonce, latest: ${channel.nonce}, sent: ${nonce}`,
      );
    }
    const message = packClaimMessage({ mpe, channelId, nonce, amount });
    const signer = recoverSigner({ message, signature });
    if (!sameAddress(signer, channel.signer) && !sameAddress(signer, channel.sender)) {
      throw new OfficialRefusal(16, 'payment is not signed by channel signer/sender');
    }
    const block = await getBlockNumber(chain);
    if (block + threshold >= channel.expiration) {
      throw new OfficialRefusal(
        16,
        `payment channel is near to be expired, expiration time: ${channel.expiration}, current block: ${block}, expiration threshold: ${threshold}`,
      );
    }
    if (amount > channel.value) {
      throw new OfficialRefusal(
        16,
        `not enough tokens on payment channel, channel amount: ${channel.value}, payment amount: ${amount}`,
      );
    }
    return channel;
  }

  #lock(channelId: bigint): StoredChannel {
    const stored = this.get(channelId);
    if (stored.isLocked) {
      throw new OfficialRefusal(
        9,
        `another transaction on channel: {ID: ${channelId}} is in progress`,
      );
    }
    stored.isLocked = true;
    return stored;
  }
}
