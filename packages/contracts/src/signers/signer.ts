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

/** Signs in the name of one account; where its key is, is its own business. */
export interface Signer {
  readonly address: Address;
  /**
   * Signs a packed message of the platform: 65 bytes `r||s||v` with v of 27 or 28, EIP-191 over
   * keccak256 of the packed bytes (protocol/sdk.md 4.2).
   */
  signMessage(packed: Uint8Array): Promise<Uint8Array>;
  /** Signs a transaction: the raw bytes that `eth_sendRawTransaction` takes. */
  signTransaction(transaction: UnsignedTransaction): Promise<Hex>;
}
