import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Anvil, type StartAnvilOptions, startAnvil } from '@snetkit/anvil';
import type { Address, Hex } from '@snetkit/core';
import { checksumAddress } from '@snetkit/core';
import { type Abi, encodeDeployData, encodeFunctionData } from 'viem';
import type { ChainClient, Signer } from '../src/index.ts';
import { createChainClient, privateKeySigner, waitForReceipt } from '../src/index.ts';
import { sendRequest } from '../src/rpc/send-request.ts';
import { vectors } from './vectors.ts';

/** A real chain with the real contracts and three accounts that hold tokens. */
export interface TestChain extends AsyncDisposable {
  readonly anvil: Anvil;
  readonly client: ChainClient;
  readonly mpe: Address;
  readonly registry: Address;
  readonly token: Address;
  /** Pays; owns every token at the start. */
  readonly payer: Signer;
  /** Is paid. */
  readonly provider: Signer;
  /** Signs in the payer's name. */
  readonly delegate: Signer;
  /** An `anvil_`, `evm_` or other request. */
  send(method: string, ...params: unknown[]): Promise<unknown>;
  /** Mines empty blocks. */
  mine(blocks: number): Promise<void>;
}

/** Cogs that the payer holds at the start. */
export const initialTokens = 1_000_000n;

/** 32 bytes. */
export const groupId: Hex = `0x${'ab'.repeat(32)}`;

const key = (name: string) => privateKeySigner(vectors.accounts.keys[name]?.private_key ?? '0x');

export async function startTestChain(options?: StartAnvilOptions): Promise<TestChain> {
  const anvil = await startAnvil(options);
  const client = createChainClient({ rpcUrl: anvil.rpcUrl });
  const [payer, provider, delegate] = [key('hh0'), key('hh1'), key('hh2')];
  const send = (method: string, ...params: unknown[]) => sendRequest(client, { method, params });
  const transact = async (fields: object) => {
    // A gas price of our own, because chains before London have no other.
    const common = { from: payer.address, gasPrice: await send('eth_gasPrice') };
    const hash = (await send('eth_sendTransaction', { ...common, ...fields })) as Hex;
    await send('evm_mine');
    const { contractAddress } = (await send('eth_getTransactionReceipt', hash)) as {
      contractAddress: Hex | null;
    };
    await waitForReceipt(client, { hash });
    return contractAddress === null ? '0x' : checksumAddress(contractAddress);
  };
  const deploy = (name: string, args: readonly unknown[]) =>
    transact({ data: encodeDeployData({ ...readContractFiles(name), args }) });

  // The published bytecode of FetchToken cannot be deployed; this token differs in its decimals.
  const token = await deploy('token-contracts/SingularityNetToken', ['SingularityNET', 'AGIX']);
  const mpe = await deploy('platform-contracts/MultiPartyEscrow', [token]);
  const registry = await deploy('platform-contracts/Registry', []);
  const { abi } = readContractFiles('token-contracts/SingularityNetToken');
  const args = [payer.address, initialTokens];
  await transact({ to: token, data: encodeFunctionData({ abi, functionName: 'mint', args }) });
  return {
    ...{ anvil, client, mpe, registry, token, payer, provider, delegate, send },
    mine: async (blocks) => void (await send('anvil_mine', `0x${blocks.toString(16)}`)),
    [Symbol.asyncDispose]: () => anvil.stop(),
  };
}

function readContractFiles(name: string): { abi: Abi; bytecode: Hex } {
  const [owner, contract] = name.split('/');
  const require = createRequire(import.meta.url);
  const read = (folder: string) =>
    JSON.parse(
      readFileSync(require.resolve(`singularitynet-${owner}/${folder}/${contract}.json`), 'utf8'),
    );
  return { abi: read('abi'), bytecode: read('bytecode') };
}
