import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Network } from './network.ts';
import { networks } from './networks.ts';

/** Options of {@link getNetwork}. */
export interface GetNetworkOptions {
  /** Custom networks, looked at first. */
  readonly custom?: readonly Network[] | undefined;
  /** Where the name stands, for the error message. */
  readonly place?: string | undefined;
}

/**
 * A network by its name, one of its aliases, or its chain id (also as text).
 *
 * @throws BaseError `NETWORK_UNKNOWN`
 */
export function getNetwork(
  nameOrChainId: string | number | bigint,
  options: GetNetworkOptions = {},
): Network {
  const { custom = [], place } = options;
  const wanted = String(nameOrChainId).toLowerCase();
  const known = [...custom, ...networks];
  const network = known.find(({ name, aliases, chainId }) =>
    [name, ...aliases, String(chainId)].some((key) => key.toLowerCase() === wanted),
  );
  if (network !== undefined) return network;
  throw new BaseError('NETWORK_UNKNOWN', 'The network is unknown.', {
    place,
    expected: known.map(({ name, chainId }) => `${name} (${chainId})`).join(', '),
    found: quote(String(nameOrChainId)),
  });
}
