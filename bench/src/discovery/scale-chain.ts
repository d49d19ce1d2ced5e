import { startAnvil } from '@snetkit/anvil';
import {
  type ChainClient,
  createChainClient,
  privateKeySigner,
  type Signer,
} from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import { type ContractAddresses, deployContracts, deriveTestAccount } from '@snetkit/devnet';

/** A local chain that takes transactions of any size. */
export interface ScaleChain extends AsyncDisposable {
  readonly rpcUrl: string;
  /** Waits longer than usual: the chain is busy. */
  readonly client: ChainClient;
  readonly contracts: ContractAddresses;
  /** Owns the tokens, and the channels that are looked for. */
  readonly owner: Signer;
  readonly recipient: Address;
}

/** Starts a chain with the platform's contracts and Multicall3, as public networks have it. */
export async function startScaleChain(): Promise<ScaleChain> {
  const anvil = await startAnvil({
    multicall: true,
    args: [
      '--gas-limit',
      '1000000000000',
      '--no-request-size-limit',
      '--base-fee',
      '0',
      '--prune-history',
      '8',
    ],
  });
  try {
    const { rpcUrl } = anvil;
    const contracts = await deployContracts({ rpcUrl });
    return {
      rpcUrl,
      client: createChainClient({ rpcUrl, timeoutMs: 120_000 }),
      contracts,
      owner: privateKeySigner(deriveTestAccount(0).privateKey),
      recipient: deriveTestAccount(1).address,
      [Symbol.asyncDispose]: () => anvil.stop(),
    };
  } catch (error) {
    await anvil.stop();
    throw error;
  }
}
