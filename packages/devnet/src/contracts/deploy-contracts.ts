import {
  type Address,
  BaseError,
  checksumAddress,
  getStand,
  type Hex,
  sepolia,
} from '@snetkit/core';
import { deriveTestAccount } from '../accounts.ts';
import { checkContracts } from './check-contracts.ts';
import {
  getEscrowCreationCode,
  getRegistryCreationCode,
  getTokenCreationCode,
} from './creation-codes.ts';
import { createDevnetChain, type DevnetChain } from './devnet-chain.ts';
import { placeContract } from './place-contract.ts';

/** The network that a local one can pose as. */
export type PosedNetwork = 'sepolia';

/** Where the contracts go. */
export interface DeployContractsOptions {
  /** JSON-RPC of an anvil chain with the test accounts unlocked. */
  readonly rpcUrl: string;
  /** Puts the contracts at the addresses that they have on this network; the chain must carry its chain id. */
  readonly as?: PosedNetwork | undefined;
  /** Unlocked account that deploys and gets all tokens; the first test account when not given. */
  readonly deployer?: Address | undefined;
}

/** Addresses of the platform's contracts. */
export interface ContractAddresses {
  readonly mpe: Address;
  readonly registry: Address;
  readonly token: Address;
}

/**
 * Deploys the real MultiPartyEscrow, Registry and FetchToken on a local chain and checks by reading
 * that they are in order.
 *
 * Throws `BaseError` (`DEVNET_CONTRACTS_FAILED`).
 */
export async function deployContracts(options: DeployContractsOptions): Promise<ContractAddresses> {
  const { rpcUrl, as, deployer: from = deriveTestAccount(0).address } = options;
  const chain = createDevnetChain(rpcUrl);
  try {
    const contracts = as === undefined ? await deploy(chain, from) : await place(chain, from);
    await checkContracts(chain, { contracts, owner: from });
    return contracts;
  } catch (cause) {
    if (cause instanceof BaseError) throw cause;
    const message = 'The contracts could not be deployed.';
    throw new BaseError('DEVNET_CONTRACTS_FAILED', message, { place: rpcUrl, cause });
  }
}

async function deploy(chain: DevnetChain, from: Address): Promise<ContractAddresses> {
  const create = async (data: Hex): Promise<Address> => {
    const hash = await chain.sendTransaction({ account: from, data, chain: null });
    const { contractAddress } = await chain.waitForTransactionReceipt({ hash });
    if (contractAddress) return checksumAddress(contractAddress);
    throw new BaseError('DEVNET_CONTRACTS_FAILED', 'A constructor reverted.', { place: hash });
  };
  const token = await create(getTokenCreationCode());
  const mpe = await create(getEscrowCreationCode(token));
  const registry = await create(getRegistryCreationCode());
  return { mpe, registry, token };
}

async function place(chain: DevnetChain, from: Address): Promise<ContractAddresses> {
  const chainId = await chain.getChainId();
  if (chainId !== sepolia.chainId) {
    throw new BaseError('DEVNET_CONTRACTS_FAILED', 'The chain cannot pose as Sepolia.', {
      expected: `chain id ${sepolia.chainId}`,
      found: `chain id ${chainId}`,
    });
  }
  const stand = getStand(sepolia, { name: 'demo', token: 'FET' });
  const { tokenAddress: token, multiPartyEscrow: mpe, registry } = stand;
  const codes: [Address, Hex][] = [
    [token, getTokenCreationCode()],
    [mpe, getEscrowCreationCode(token)],
    [registry, getRegistryCreationCode()],
  ];
  for (const [address, creationCode] of codes) {
    await placeContract(chain, { address, creationCode, from });
  }
  return { mpe, registry, token };
}
