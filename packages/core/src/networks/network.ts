import type { Address, Hex } from '../types.ts';

/** One deployment of the platform's contracts on a network. */
export interface Stand {
  /** Name of the deployment: `prod`, `demo`, `dev`, or what a custom network calls it. */
  readonly name: string;
  /** Symbol of the token that channels hold. */
  readonly token: string;
  readonly multiPartyEscrow: Address;
  readonly registry: Address;
  readonly tokenAddress: Address;
  /** One token is `10 ** tokenDecimals` cogs. */
  readonly tokenDecimals: number;
  /** Hash of the transaction that deployed the escrow contract: no channel is older. */
  readonly deploymentTransaction?: Hex | undefined;
  /** Hash of the transaction that deployed the registry. */
  readonly registryDeploymentTransaction?: Hex | undefined;
}

/**
 * A deployment of an older generation. Its channels and services can still be looked at; nothing is to
 * be sent to it, and only who asks for it gets it.
 */
export interface FormerStand extends Stand {
  readonly readOnly: true;
  /** Version of npm `singularitynet-platform-contracts` that named it. */
  readonly generation: string;
}

/** A chain and what is deployed there. */
export interface Network {
  readonly name: string;
  /** Other names by which official tools know it. */
  readonly aliases: readonly string[];
  readonly chainId: number;
  /** Whether its tokens are worthless. */
  readonly test: boolean;
  /** Usual time between two blocks. */
  readonly blockTimeSeconds: number;
  /** Deployments; the first is the default one. */
  readonly stands: readonly [Stand, ...Stand[]];
  /** Deployments of older generations, the youngest first. */
  readonly formerStands?: readonly FormerStand[] | undefined;
}
