import type { Address, Hex } from '@snetkit/core';

/** A payment channel as MultiPartyEscrow holds it. Amounts in cogs. */
export interface Channel {
  readonly id: bigint;
  /** Counts the claims. */
  readonly nonce: bigint;
  readonly sender: Address;
  /** May sign payments, as the sender may. */
  readonly signer: Address;
  readonly recipient: Address;
  /** 32 bytes. */
  readonly groupId: Hex;
  readonly value: bigint;
  /** Block number from which the sender may take the rest back. */
  readonly expiration: bigint;
}
