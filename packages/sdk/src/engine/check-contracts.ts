import {
  type ChainClient,
  escrowContract,
  type ReadOutcome,
  readContracts,
  registryContract,
  tokenContract,
} from '@snetkit/contracts';
import { BaseError, type Network, networks, type Stand, sameAddress } from '@snetkit/core';

/** Which contracts, and by which names a user knows them. */
export interface ContractsToCheck {
  readonly network: Network;
  readonly stand: Stand;
  readonly signal?: AbortSignal | undefined;
}

const zeroId = `0x${'0'.repeat(64)}` as const;
const hint = 'Compare the addresses of the network with those that were deployed.';

/**
 * Makes sure that the addresses of a network of one's own lead to an escrow, a registry, and the token of
 * that escrow, before anything is approved or paid. Those of public networks are part of this house.
 *
 * @throws BaseError `CONTRACT_MISSING`, `NETWORK_INVALID`, `RPC_...`, `ABORTED`
 */
export async function checkContracts(
  chain: ChainClient,
  { network, stand, signal }: ContractsToCheck,
): Promise<void> {
  if (isPublished(network, stand)) return;
  const { multiPartyEscrow, registry, tokenAddress } = stand;
  const [held, organization, decimals] = await readContracts(chain, {
    calls: [
      { address: multiPartyEscrow, call: escrowContract.read('token', []) },
      { address: registry, call: registryContract.read('getOrganizationById', [zeroId]) },
      { address: tokenAddress, call: tokenContract.read('decimals', []) },
    ],
    signal,
  });
  const placeOf = (key: string) => `network ${network.name}, stand ${stand.name}: ${key}`;
  const escrowToken = unwrap(held, {
    place: placeOf('multiPartyEscrow'),
    expected: 'an escrow contract (MultiPartyEscrow)',
    address: multiPartyEscrow,
  });
  unwrap(organization, {
    place: placeOf('registry'),
    expected: 'a registry contract (Registry)',
    address: registry,
  });
  const places = unwrap(decimals, {
    place: placeOf('tokenAddress'),
    expected: 'a token contract (ERC-20)',
    address: tokenAddress,
  });
  if (!sameAddress(escrowToken, tokenAddress)) {
    throw new BaseError('CONTRACT_MISSING', 'The escrow holds another token.', {
      place: placeOf('tokenAddress'),
      expected: `${escrowToken}, the token of the escrow ${multiPartyEscrow}`,
      found: tokenAddress,
      hint,
    });
  }
  if (Number(places) === stand.tokenDecimals) return;
  throw new BaseError('NETWORK_INVALID', 'The token has other decimals than the network says.', {
    place: placeOf('tokenDecimals'),
    expected: String(places),
    found: String(stand.tokenDecimals),
    hint: 'Amounts would be wrong by powers of ten: write what the token says.',
  });
}

function isPublished({ chainId }: Network, stand: Stand): boolean {
  return networks.some(
    (known) =>
      known.chainId === chainId &&
      known.stands.some(
        (one) =>
          sameAddress(one.multiPartyEscrow, stand.multiPartyEscrow) &&
          sameAddress(one.registry, stand.registry) &&
          sameAddress(one.tokenAddress, stand.tokenAddress) &&
          one.tokenDecimals === stand.tokenDecimals,
      ),
  );
}

function unwrap<T>(
  outcome: ReadOutcome<T>,
  { address, ...told }: { place: string; expected: string; address: string },
): T {
  if (outcome.status === 'success') return outcome.result;
  const { error } = outcome;
  const { code } = error;
  if (code !== 'CONTRACT_MISSING' && code !== 'CONTRACT_REVERTED') throw error;
  const found = error.code === 'CONTRACT_REVERTED' ? 'another contract' : 'no such contract';
  throw new BaseError('CONTRACT_MISSING', 'The address of a contract is wrong.', {
    ...told,
    found: `${found} at ${address}`,
    hint,
    cause: error,
  });
}
