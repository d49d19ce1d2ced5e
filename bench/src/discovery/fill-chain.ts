import {
  type AddressedCall,
  encodeContractCall,
  escrowContract,
  getBlockNumber,
  multicallAddress,
  multicallContract,
  registryContract,
  waitForReceipt,
} from '@snetkit/contracts';
import { type Address, encodeId, encodeMetadataUri, type Hex } from '@snetkit/core';
import type { ScaleChain } from './scale-chain.ts';

/** Calls in one transaction: the chain hashes all of its state for each block, so that few are quicker. */
const callsAtOnce = 4_000;

/** The id of the organization with this number. */
export const organizationIdOf = (index: number): string => `organization-${index}`;

/** Registers organizations with one member and a metadata URI of usual length, many at once. */
export async function registerOrganizations(chain: ScaleChain, count: number): Promise<void> {
  const { registry } = chain.contracts;
  const uri = encodeMetadataUri(`ipfs://Qm${'a'.repeat(44)}`);
  await sendMany(chain, count, (index) => {
    const id = encodeId(organizationIdOf(index));
    const args = [id, uri, [chain.owner.address]] as const;
    return encode({
      address: registry,
      call: registryContract.write('createOrganization', args),
    });
  });
}

/** Opens channels of somebody else, to the recipient and group of the channels that are looked for. */
export async function openForeignChannels(
  chain: ScaleChain,
  { count, groupId }: { readonly count: number; readonly groupId: Hex },
): Promise<void> {
  const { contracts, owner, recipient } = chain;
  const call = escrowContract.write('openChannel', [owner.address, recipient, groupId, 0n, 9n]);
  const encoded = encode({ address: contracts.mpe, call });
  await sendMany(chain, count, () => encoded);
}

/** Mines until the number of blocks, that of genesis included, is a multiple of this one. */
export async function roundBlocks(chain: ScaleChain, multiple: bigint): Promise<void> {
  const blocks = (await getBlockNumber(chain.client)) + 1n;
  const missing = (multiple - (blocks % multiple)) % multiple;
  if (missing > 0n) await send(chain, 'anvil_mine', `0x${missing.toString(16)}`);
}

interface EncodedCall {
  readonly target: Address;
  readonly allowFailure: false;
  readonly callData: Hex;
}

function encode(target: AddressedCall): EncodedCall {
  return {
    target: target.address,
    allowFailure: false,
    callData: encodeContractCall(target),
  };
}

async function sendMany(
  chain: ScaleChain,
  count: number,
  callOf: (index: number) => EncodedCall,
): Promise<void> {
  const { client, owner } = chain;
  for (let from = 0; from < count; from += callsAtOnce) {
    const size = Math.min(callsAtOnce, count - from);
    const calls = Array.from({ length: size }, (_, index) => callOf(from + index));
    const call = multicallContract.write('aggregate3', [calls]);
    const data = encodeContractCall({ address: multicallAddress, call });
    // The account is unlocked; a gas limit of our own saves the chain from trying it out first.
    const gas = `0x${(size * 400_000).toString(16)}` as const;
    const transaction = { from: owner.address, to: multicallAddress, data, gas, gasPrice: '0x0' };
    const hash = await send<Hex>(chain, 'eth_sendTransaction', transaction);
    await waitForReceipt(client, { hash });
  }
}

function send<T>({ client }: ScaleChain, method: string, ...params: unknown[]): Promise<T> {
  return client.request({ method, params } as never) as Promise<T>;
}
