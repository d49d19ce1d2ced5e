import type { Network, NetworkDefinition, Stand } from '@snetkit/core';

/** A deployment as a JSON file has it: addresses are any text, and are checked. */
export interface StandInput
  extends Omit<Stand, 'multiPartyEscrow' | 'registry' | 'tokenAddress' | `${string}Transaction`> {
  readonly multiPartyEscrow: string;
  readonly registry: string;
  readonly tokenAddress: string;
  /** Hash of the transaction that deployed the escrow contract: no channel is older. */
  readonly deploymentTransaction?: string | undefined;
}

/** A network of one's own; what is left out gets a value fit for a local chain. */
export interface NetworkInput extends Omit<NetworkDefinition, 'stands'> {
  /** Deployments, the default one first. */
  readonly stands: readonly StandInput[];
}

/** Whatever names a network. */
export type NetworkChoice = string | number | Network | NetworkInput;
