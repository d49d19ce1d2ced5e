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
  const custom = name === undefined ? [] : await loadCustom(env['SNET_NETWORKS']);
  if (name !== undefined && (name !== 'devnet' || (await runsElsewhere(custom, options.rpc)))) {
    const place = options.network === undefined ? 'SNET_NETWORK' : '--network';
    const network = find(name, { place, custom });
    if (rpcUrl === undefined) throw missingRpc(name);
    return { network, rpcUrl, contentUrl, ledgerDirectory: undefined, local: undefined };
  }
  const local = await findLocal(name, options.rpc);
  return {
    network: defineLocal(local),
    rpcUrl: options.rpc ?? local.rpcUrl,
    contentUrl: options.ipfs ?? local.contentUrl,
    ledgerDirectory: getLocalLedger(local),
    local,
  };
}

/**
 * The local network that is meant: the one with that endpoint when several run, otherwise the latest one,
 * which may be reached by another way than it says itself.
 */
async function findLocal(
  name: string | undefined,
  rpcUrl: string | undefined,
): Promise<DevnetDescriptor> {
  const { readDevnetDescriptor } = await import('@snetkit/devnet');
  const exact = await readDevnetDescriptor({ rpcUrl });
  if (exact !== undefined) return exact;
  if (rpcUrl === undefined) throw notRunning(name);
  if (name === undefined) throw missingName();
  const other = isOnThisMachine(rpcUrl) ? await readDevnetDescriptor() : undefined;
  if (other !== undefined) return other;
  throw notKnown();
}

/** A local network that does not run here is one of one's own, by its definition. */
async function runsElsewhere(
  custom: readonly Network[],
  rpcUrl: string | undefined,
): Promise<boolean> {
  if (!custom.some((one) => [one.name, ...one.aliases].includes('devnet'))) return false;
  const { readDevnetDescriptor } = await import('@snetkit/devnet');
  return (await readDevnetDescriptor({ rpcUrl })) === undefined;
}

/** Nothing is asked before money of a local network is spent: another machine's chain is none. */
function isOnThisMachine(url: string): boolean {
  return /^(?:localhost|127(?:\.[0-9]+){3}|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');
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
    expected: '--network NAME, or SNET_NETWORK: mainnet, sepolia, devnet, or one of your own',
    hint: 'Name the network, so that its contracts are known.',
  });
}

function notKnown(): BaseError {
  const message =
    'The local network is not running on this machine, and its contracts are not known.';
  return new BaseError('NETWORK_NOT_CHOSEN', message, {
    place: '--network devnet',
    expected: 'SNET_NETWORKS: the file network.json of that network',
    hint: 'Copy network.json from the folder that `snet dev` names there, set SNET_NETWORKS to the copy, and give the same command again; or start a network here with `snet dev`.',
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
