import type { Address, Hex, Token } from '@snetkit/core';

/** Whom the client pays, and through which escrow: what a service's documents and the network table say. */
export interface PaymentGroup {
  readonly chainId: number;
  readonly mpe: Address;
  readonly token: Token & { readonly address: Address };
  /** Payment address of the group. */
  readonly recipient: Address;
  /** 32 bytes. */
  readonly groupId: Hex;
  /** The daemon refuses channels that expire within so many blocks. */
  readonly expirationThreshold: bigint;
  /** Block from which the escrow's events are looked through; 0 where it is not known. */
  readonly deploymentBlock: bigint;
}
