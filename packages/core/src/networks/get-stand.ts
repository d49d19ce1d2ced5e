import { sameAddress } from '../crypto/address-to-bytes.ts';
import { BaseError } from '../errors/base-error.ts';
import type { Network, Stand } from './network.ts';

/** Which deployment is wanted; what is left out matches all. */
export interface StandFilter {
  /** For example `demo`. */
  readonly name?: string | undefined;
  /** Symbol of the token, for example `FET`. */
  readonly token?: string | undefined;
  /** Address of the escrow contract, in any case. */
  readonly multiPartyEscrow?: string | undefined;
  /** Deployments of older generations count, too: for reading only. */
  readonly former?: boolean | undefined;
}

/**
 * The first deployment on a network that matches; without a filter the network's default one.
 *
 * @throws BaseError `NETWORK_UNKNOWN` when none matches, `ADDRESS_INVALID` for an escrow that is no address
 */
export function getStand(network: Network, filter: StandFilter = {}): Stand {
  const { former = false } = filter;
  const { stands, formerStands = [] } = network;
  const stand = find(former ? [...stands, ...formerStands] : stands, filter);
  if (stand !== undefined) return stand;
  const asked = [filter.name, filter.token, filter.multiPartyEscrow].filter(
    (value) => value !== undefined,
  );
  throw new BaseError('NETWORK_UNKNOWN', `${network.name} has no such deployment.`, {
    expected: stands
      .map((known) => `${known.name} ${known.token} ${known.multiPartyEscrow}`)
      .join(', '),
    found: asked.join(' '),
    hint:
      find(formerStands, filter) &&
      'That is a deployment of an older generation: it can be read, and nothing is sent to it.',
  });
}

function find(
  stands: readonly Stand[],
  { name, token, multiPartyEscrow }: StandFilter,
): Stand | undefined {
  return stands.find(
    (candidate) =>
      (name === undefined || candidate.name === name) &&
      (token === undefined || candidate.token === token) &&
      (multiPartyEscrow === undefined || sameAddress(candidate.multiPartyEscrow, multiPartyEscrow)),
  );
}
