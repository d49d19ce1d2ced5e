import { BlockList, isIP } from 'node:net';
import { getAddressKey } from '../admission/address-key.ts';
import type { ListenerLimits } from './listener-options.ts';

/** What one address has open now. */
export interface AddressUse {
  connections: number;
  streams: number;
  /** How many there may be of each. */
  readonly maxConnections: number;
  readonly maxStreams: number;
}

/** Keeps a single address from taking what is there for all. */
export interface AddressCaps {
  /** What the address has open; the same object as long as it has anything open. */
  of(address: string): AddressUse;
  /** Counts a connection of the address, until what is returned is called. */
  connect(address: string): () => void;
}

/**
 * Counts connections and streams by address, those of IPv6 by /64. Addresses of balancers, behind which
 * everybody is, have no cap.
 */
export function createAddressCaps(
  limits: Pick<
    ListenerLimits,
    'maxConnectionsPerAddress' | 'maxStreamsPerAddress' | 'uncappedAddresses'
  >,
): AddressCaps {
  const uses = new Map<string, AddressUse>();
  const uncapped = new BlockList();
  for (const { address, prefix, family } of limits.uncappedAddresses) {
    uncapped.addSubnet(address, prefix, family);
  }

  function of(address: string): AddressUse {
    const key = getAddressKey(address) ?? '';
    const known = uses.get(key);
    if (known !== undefined) return known;
    const isCapped = key !== '' && !isUncapped(address);
    return {
      connections: 0,
      streams: 0,
      maxConnections: isCapped ? limits.maxConnectionsPerAddress : Number.POSITIVE_INFINITY,
      maxStreams: isCapped ? limits.maxStreamsPerAddress : Number.POSITIVE_INFINITY,
    };
  }

  function isUncapped(address: string): boolean {
    const [bare = ''] = address.split('%', 1);
    return uncapped.check(bare, isIP(bare) === 4 ? 'ipv4' : 'ipv6');
  }

  return {
    of,
    connect(address) {
      const key = getAddressKey(address) ?? '';
      const use = of(address);
      use.connections++;
      uses.set(key, use);
      return () => {
        if (--use.connections === 0) uses.delete(key);
      };
    },
  };
}
