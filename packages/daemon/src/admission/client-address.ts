import { BlockList, isIP } from 'node:net';
import type { Metadata } from '../call/status.ts';
import type { IpRange } from '../config/types/ip-range.ts';
import { getAddressKey } from './address-key.ts';

/**
 * Whom a call comes from, as the key of his bucket.
 *
 * @param peer - address of the other end of the socket
 * @param metadata - header fields, of which only a trusted proxy is believed
 */
export type ClientAddress = (peer: string, metadata: Metadata) => string;

/**
 * Tells clients apart by their addresses. What a peer says in `x-forwarded-for` counts only when the peer
 * is one of `trustedProxies`, and then only what the last of them has added: the nearest address,
 * from the right, that is no trusted proxy itself. Without trusted proxies the field is not looked at.
 */
export function createClientAddress(options: {
  readonly trustedProxies: readonly IpRange[];
}): ClientAddress {
  const { trustedProxies } = options;
  if (trustedProxies.length === 0) return (peer) => getAddressKey(peer) ?? unknown;
  const proxies = new BlockList();
  for (const { address, prefix, family } of trustedProxies) {
    proxies.addSubnet(address, prefix, family);
  }
  return (peer, metadata) => {
    let address = peer;
    if (!isTrusted(peer)) return getAddressKey(peer) ?? unknown;
    for (const hop of readHops(metadata['x-forwarded-for'])) {
      if (isIP(hop) === 0) break;
      address = hop;
      if (!isTrusted(hop)) break;
    }
    return getAddressKey(copy(address)) ?? unknown;
  };

  function isTrusted(text: string): boolean {
    const family = isIP(text);
    if (family === 0) return false;
    return proxies.check(text.split('%', 1)[0] ?? '', family === 4 ? 'ipv4' : 'ipv6');
  }
}

/** From the nearest to the farthest, without ports and brackets. */
function readHops(field: string | readonly string[] | undefined): string[] {
  const hops = [field ?? []].flat().join(',').split(',').slice(-maxHops).reverse();
  return hops.map((hop) =>
    hop
      .trim()
      .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
      .replace(/^([\d.]+):\d+$/, '$1'),
  );
}

/** A piece of a string keeps the whole of it in memory; whoever is remembered may have sent a long header. */
function copy(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Peers that are gone already, and what is no address. */
const unknown = 'unknown';
/** No chain of proxies is longer; a client may send as many as a header holds. */
const maxHops = 16;
