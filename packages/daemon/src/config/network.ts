import { type Address, parseAddress, sameAddress } from '@snetkit/core';
import { findKnownNetwork } from './known-network.ts';
import type { Config } from './schema.ts';

/** The chain and contracts that a daemon works with. */
export interface DaemonNetwork {
  /** As configured. */
  readonly name: string;
  readonly chainId: number;
  readonly registry: Address;
  /** The registry's address as it was written, or as the table has it: part of the daemon id. */
  readonly registryText: string;
  /** The escrow contract that is trusted; what the service metadata names is compared with it. */
  readonly mpe: Address;
  readonly token: Address;
}

/**
 * The network of a configuration: from core's table, with the configured addresses instead of its
 * own. The rules have made sure that a network of one's own has all of them.
 */
export function getDaemonNetwork(config: Config): DaemonNetwork {
  const name = config.blockchain_network_selected;
  const known = findKnownNetwork(name);
  const { registry_address_key: registry, mpe_address_key: mpe } = config;
  const fits = (address: string | undefined, own: string) =>
    address === undefined || sameAddress(address, own);
  const stand =
    known?.stands.find((one) => fits(registry, one.registry) && fits(mpe, one.multiPartyEscrow)) ??
    known?.stands[0];
  const registryText = registry ?? stand?.registry ?? none;
  return {
    name,
    chainId: config.chain_id ?? known?.chainId ?? 0,
    registry: parseAddress(registryText, { anyCase: true }),
    registryText,
    mpe: mpe ?? stand?.multiPartyEscrow ?? none,
    token: config.token_address_key ?? stand?.tokenAddress ?? none,
  };
}

const none: Address = '0x0000000000000000000000000000000000000000';
