import {
  type ChainClient,
  type DepositResult,
  deposit,
  getAllowance,
  getEscrowBalance,
  getTokenBalance,
  privateKeySigner,
  type Signer,
  type TransactionOptions,
  type TransactionResult,
  withdraw,
} from '@snetkit/contracts';
import { type Address, BaseError, errorCodes, type Hex, type Stand } from '@snetkit/core';
import { findBaseError } from '../errors/find-base-error.ts';
import { withPlace } from '../errors/with-place.ts';
import type { KeyPlace, KeyPlaceType } from './open-signer.ts';
import { pinSigner, type SignerChain } from './pin-signer.ts';

/** An account of the user: a private key, or a signer of `@snetkit/contracts/signers/...` or of his own. */
export type AccountOptions = {
  /** `default` when left out. */
  readonly name?: string | undefined;
  /**
   * Signs payments in the account's name, so that the account itself is asked for transactions only:
   * channels that it opens name this signer. Browsers have `openDelegateSigner` of `@snetkit/payments/browser`.
   */
  readonly paymentSigner?: Signer | undefined;
} & (
  | {
      /** `0x` and 64 hexadecimal digits; kept in memory only, never shown. */
      readonly privateKey: string;
    }
  | { readonly signer: Signer }
);

/** An account whose key may be anywhere. */
export type OpenAccountOptions =
  | AccountOptions
  | (Pick<AccountOptions, 'name' | 'paymentSigner'> & KeyPlace);

/** What an account has, in the smallest units: wei and cogs. */
export interface Balances {
  /** Wei, for gas. */
  readonly ether: bigint;
  /** Cogs in the wallet. */
  readonly wallet: bigint;
  /** Cogs in the escrow that are in no channel. */
  readonly escrow: bigint;
}

/** How much goes into the escrow or comes out of it, and how the transaction is sent. */
export interface MoveFundsOptions extends TransactionOptions {
  /** Cogs. */
  readonly amount: bigint;
}

/** A wallet of the user (seed 004, Account and EthAccount). */
export class Account {
  readonly name: string;
  readonly address: Address;
  /** Where the signatures come from. */
  readonly type: 'key' | 'signer' | KeyPlaceType;
  /** Signs transactions of the network's chain only. */
  readonly signer: Signer;
  /** Signs payments; the same as `signer` unless another one was given. */
  readonly paymentSigner: Signer;
  readonly #chain: ChainClient;
  readonly #stand: Stand;

  /** Made by `SnetEngine.addAccount` and `openAccount`. @throws BaseError `PRIVATE_KEY_INVALID` */
  constructor(
    options: AccountOptions,
    place: { chain: ChainClient; network: SignerChain; stand: Stand; type?: KeyPlaceType },
  ) {
    this.name = options.name ?? 'default';
    this.type = place.type ?? ('privateKey' in options ? 'key' : 'signer');
    const signer = 'privateKey' in options ? this.#readKey(options.privateKey) : options.signer;
    this.signer = pinSigner(signer, place.network);
    this.paymentSigner = options.paymentSigner ?? this.signer;
    this.address = this.signer.address;
    this.#chain = place.chain;
    this.#stand = place.stand;
  }

  #readKey(privateKey: string): Signer {
    try {
      return privateKeySigner(privateKey as Hex);
    } catch (error) {
      const place = `privateKey of the account ${JSON.stringify(this.name)}`;
      throw withPlace(error, { place, hint: errorCodes.PRIVATE_KEY_INVALID.fix });
    }
  }

  /**
   * What the account has now.
   *
   * @throws BaseError `RPC_...`, `CONTRACT_MISSING`, `ABORTED`
   */
  async getBalances(options: { signal?: AbortSignal | undefined } = {}): Promise<Balances> {
    const { multiPartyEscrow: mpe, tokenAddress: token } = this.#stand;
    const account = this.address;
    const [ether, wallet, escrow] = await Promise.all([
      getEther(this.#chain, account),
      getTokenBalance(this.#chain, { ...options, token, account }),
      getEscrowBalance(this.#chain, { ...options, mpe, account }),
    ]);
    return { ether, wallet, escrow };
  }

  /**
   * Cogs that the escrow may still take from the wallet.
   *
   * @throws BaseError `RPC_...`, `CONTRACT_MISSING`, `ABORTED`
   */
  getAllowance(options: { signal?: AbortSignal | undefined } = {}): Promise<bigint> {
    const { multiPartyEscrow: spender, tokenAddress: token } = this.#stand;
    return getAllowance(this.#chain, { ...options, token, owner: this.address, spender });
  }

  /**
   * Moves tokens from the wallet into the escrow, after an approval of exactly that amount when one is
   * needed.
   *
   * @throws BaseError those of the transaction
   */
  deposit(options: MoveFundsOptions): Promise<DepositResult> {
    const { multiPartyEscrow: mpe, tokenAddress: token } = this.#stand;
    return deposit(this.#chain, this.signer, { ...options, mpe, token });
  }

  /** Takes tokens that are in no channel out of the escrow. @throws BaseError those of the transaction */
  withdraw(options: MoveFundsOptions): Promise<TransactionResult> {
    return withdraw(this.#chain, this.signer, { ...options, mpe: this.#stand.multiPartyEscrow });
  }
}

async function getEther(chain: ChainClient, address: Address): Promise<bigint> {
  try {
    return await chain.getBalance({ address });
  } catch (error) {
    throw findBaseError(error) ?? BaseError.from(error, 'RPC_REFUSED');
  }
}
