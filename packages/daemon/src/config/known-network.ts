import { type Network, networks } from '@snetkit/core';

/** The network of core's table with this name or alias. */
export function findKnownNetwork(name: string): Network | undefined {
  const wanted = name.toLowerCase();
  return networks.find((network) => [network.name, ...network.aliases].includes(wanted));
}
