import { findKnownNetwork } from './known-network.ts';
import type { Config } from './schema.ts';

/** Nobody knows how fast a network of one's own can be: 1 s. */
const unknownMs = 1_000;

/** Milliseconds between two blocks when they come as fast as they can on the configured network. */
export function getFastestBlockTime(config: Config): number {
  const known = findKnownNetwork(config.blockchain_network_selected);
  return (
    config.fastest_block_time ?? (known === undefined ? unknownMs : known.blockTimeSeconds * 1_000)
  );
}
