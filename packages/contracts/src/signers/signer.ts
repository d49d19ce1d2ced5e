import type { Address, Hex } from '@snetkit/core';

/** What every transaction has. Amounts in wei. */
interface TransactionBase {
  readonly chainId: number;
  readonly nonce: number;
  readonly gas: bigint;
  readonly to: Address;
  readonly value: bigint;
  readonly data: Hex;
}

/** A transaction with a base fee and a tip (EIP-1559). */
export interface Eip1559Transaction extends TransactionBase {
  readonly type: 'eip1559';
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A transaction with one gas price, replay-protected (EIP-155). */
export interface LegacyTransaction extends TransactionBase {
  readonly type: 'legacy';
  readonly gasPrice: bigint;
}

/** A transaction that is to be signed. */
export type UnsignedTransaction = Eip1559Transaction | LegacyTransaction;

/** A transaction before its sender knows the nonce. */
export type TransactionDraft = UnsignedTransaction extends infer transaction
  ? transaction extends UnsignedTransaction
    ? Omit<transaction, 'nonce'>
    : never
  : never;

/** Structured data that is to be signed (EIP-712); `types` without `EIP712Domain`. */
export interface TypedData {
  readonly domain: {
    readonly name?: string | undefined;
    readonly version?: string | undefined;
    readonly chainId?: number | undefined;
    readonly verifyingContract?: Address | undefined;
    /** 32 bytes. */
    readonly salt?: Hex | undefined;
  };
  readonly types: Readonly<
    Record<string, readonly { readonly name: string; readonly type: string }[]>
  >;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** How long a signature is waited for. */
export interface SignOptions {
  /** Gives up waiting for a device, a person or a server; keys in memory do not wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Signs in the name of one account; where its key is, is its own business. */
export interface Signer {
  readonly address: Address;
  /**
   * Signs a packed message of the platform: 65 bytes `r||s||v` with v of 27 or 28, EIP-191 over
   * keccak256 of the packed bytes (protocol/sdk.md 4.2).
   */
  signMessage(packed: Uint8Array, options?: SignOptions): Promise<Uint8Array>;
  /** Signs structured data (EIP-712): 65 bytes `r||s||v` with v of 27 or 28. */
  signTypedData(data: TypedData, options?: SignOptions): Promise<Uint8Array>;
  /** Signs a transaction: the raw bytes that `eth_sendRawTransaction` takes. */
  signTransaction(transaction: UnsignedTransaction, options?: SignOptions): Promise<Hex>;
  /**
   * Only where signing and sending is one step, as in a browser wallet: chooses the nonce (and
   * perhaps the fees) by itself, sends, and returns the hash of the transaction. Who sends a
   * transaction uses this instead of `signTransaction` when it is there.
   */
  sendTransaction?(transaction: TransactionDraft, options?: SignOptions): Promise<Hex>;
}
