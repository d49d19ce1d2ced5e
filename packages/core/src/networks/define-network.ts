import { parseAddress } from '../crypto/parse-address.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Network, Stand } from './network.ts';

/** A custom network; what is left out gets a value fit for a local chain. */
export interface NetworkDefinition {
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
  readonly chainId: number;
  /** Whether its tokens are worthless; `true` unless given. */
  readonly test?: boolean | undefined;
  /** Usual time between two blocks; 12 unless given. */
  readonly blockTimeSeconds?: number | undefined;
  /** Deployments, the default one first. Addresses may be in any case with a right checksum. */
  readonly stands: readonly Stand[];
}

/**
 * Checks the definition of a custom network and completes it.
 *
 * @throws BaseError `NETWORK_INVALID`, `ADDRESS_INVALID`
 */
export function defineNetwork(definition: NetworkDefinition): Network {
  const { name, aliases = [], chainId, test = true, blockTimeSeconds = 12 } = definition;
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw invalid('name', 'letters, digits, - and _', quote(name));
  }
  if (!Number.isSafeInteger(chainId) || chainId < 1) {
    throw invalid('chainId', 'a whole number above 0', String(chainId));
  }
  if (!(blockTimeSeconds > 0)) {
    throw invalid('blockTimeSeconds', 'a number above 0', String(blockTimeSeconds));
  }
  const [first, ...rest] = definition.stands.map(checkStand);
  if (first === undefined) throw invalid('stands', 'at least one deployment', 'none');
  return { name, aliases, chainId, test, blockTimeSeconds, stands: [first, ...rest] };
}

function checkStand(stand: Stand, index: number): Stand {
  const place = `stands[${index}]`;
  const { tokenDecimals } = stand;
  if (!Number.isInteger(tokenDecimals) || tokenDecimals < 0 || tokenDecimals > 77) {
    throw invalid(`${place}.tokenDecimals`, 'a whole number from 0 to 77', String(tokenDecimals));
  }
  return {
    ...stand,
    multiPartyEscrow: parseAddress(stand.multiPartyEscrow, { place: `${place}.multiPartyEscrow` }),
    registry: parseAddress(stand.registry, { place: `${place}.registry` }),
    tokenAddress: parseAddress(stand.tokenAddress, { place: `${place}.tokenAddress` }),
  };
}

function invalid(place: string, expected: string, found: string): BaseError {
  const message = 'The definition of the network is not valid.';
  return new BaseError('NETWORK_INVALID', message, { place, expected, found });
}
