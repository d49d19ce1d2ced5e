import { join } from 'node:path';
import { BaseError, getNetwork, type Network } from '@snetkit/core';
import type { DevnetDescriptor } from '@snetkit/devnet';
import type { NetworkInput } from '@snetkit/sdk';
import type { OptionValues } from '../commands/command.ts';
import type { sessionOptions } from './session-options.ts';

/** Where a command works, and in whose name by default. */
export interface ChosenNetwork {
  readonly network: Network | NetworkInput;
  readonly rpcUrl: string;
  readonly contentUrl: string | undefined;
  readonly ledgerDirectory: string | undefined;
  /** The local network of this machine: nothing there is worth a question. */
  readonly local: DevnetDescriptor | undefined;
}

/** What decides. */
export interface ChooseNetworkOptions {
  readonly options: OptionValues<typeof sessionOptions>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The network that options or environment name, otherwise the local one that is running.
 *
 * @throws BaseError `NETWORK_NOT_CHOSEN`, `NETWORK_UNKNOWN`; for a file of custom networks
 *   `NETWORK_FILE_UNREADABLE`, `JSON_INVALID`, `NETWORK_INVALID`, `ADDRESS_INVALID`
 */
export async function chooseNetwork({
  options,
  env,
}: ChooseNetworkOptions): Promise<ChosenNetwork> {
  const name = options.network ?? env['SNET_NETWORK'];
  const rpcUrl = options.rpc ?? env['SNET_RPC_URL'];
  const contentUrl = options.ipfs ?? env['SNET_IPFS_URL'];
  if (name !== undefined && name !== 'devnet') {
    const place = options.network === undefined ? 'SNET_NETWORK' : '--network';
    const network = find(name, { place, custom: await loadCustom(env['SNET_NETWORKS']) });
    if (rpcUrl === undefined) throw missingRpc(name);
    return { network, rpcUrl, contentUrl, ledgerDirectory: undefined, local: undefined };
  }
  if (options.rpc !== undefined) throw missingName();
  const { readDevnetDescriptor } = await import('@snetkit/devnet');
  const local = await readDevnetDescriptor();
  if (local === undefined) throw notRunning(name);
  return {
    network: defineLocal(local),
    rpcUrl: local.rpcUrl,
    contentUrl: local.contentUrl,
    ledgerDirectory: getLocalLedger(local),
    local,
  };
}

/** What was signed on a local network is kept with it: the next one is another chain. */
export function getLocalLedger({ directory }: Pick<DevnetDescriptor, 'directory'>): string {
  return join(directory, 'ledger');
}

/** The local network as a definition that the sdk takes. */
export function defineLocal(
  local: Pick<DevnetDescriptor, 'chainId' | 'contracts' | 'token'>,
): NetworkInput {
  const { chainId, contracts, token } = local;
  const stand = {
    name: 'local',
    token: token.symbol,
    tokenDecimals: token.decimals,
    multiPartyEscrow: contracts.mpe,
    registry: contracts.registry,
    tokenAddress: contracts.token,
  };
  return { name: 'devnet', chainId, blockTimeSeconds: 1, stands: [stand] };
}

/** Networks of one's own, from a file of definitions as `snet dev` writes one, or a list of them. */
async function loadCustom(file: string | undefined): Promise<readonly Network[]> {
  if (file === undefined || file === '') return [];
  const { loadNetworks } = await import('@snetkit/contracts/node');
  return loadNetworks(file);
}

/** Before an endpoint is asked for that would be of no use. */
function find(name: string, options: { place: string; custom: readonly Network[] }): Network {
  try {
    return getNetwork(name, options);
  } catch (cause) {
    const { shortMessage, expected, found } = BaseError.from(cause);
    throw new BaseError('NETWORK_UNKNOWN', shortMessage, {
      place: options.place,
      expected: `${expected}, or devnet, the local one`,
      found,
      hint: 'Name one of these.',
    });
  }
}

function missingRpc(name: string): BaseError {
  return new BaseError('NETWORK_NOT_CHOSEN', `No RPC endpoint is given for ${name}.`, {
    expected: '--rpc URL, or SNET_RPC_URL',
    hint: 'Give the URL of a JSON-RPC endpoint, your own node or a provider.',
  });
}

function missingName(): BaseError {
  return new BaseError('NETWORK_NOT_CHOSEN', 'An RPC endpoint is given, but no network.', {
    expected: '--network mainnet or --network sepolia, or SNET_NETWORK',
    hint: 'Name the network, so that its contracts are known.',
  });
}

function notRunning(name: string | undefined): BaseError {
  return new BaseError(
    'NETWORK_NOT_CHOSEN',
    name === undefined
      ? 'No network is chosen, and no local one is running.'
      : 'The local network is not running.',
  );
}
