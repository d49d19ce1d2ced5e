import type { Address, Hex } from '@snetkit/core';
import { BaseError } from '@snetkit/core';
import type { DevnetChain } from './devnet-chain.ts';

/**
 * Puts a contract at a given address: the creation code is made the code of that address, a call
 * shows what it would leave behind, a transaction lets its constructor write the storage, and then
 * its result becomes the code. So the storage is what the real constructor makes of it.
 *
 * Throws `BaseError` (`DEVNET_CONTRACTS_FAILED`).
 */
export async function placeContract(
  chain: DevnetChain,
  options: { address: Address; creationCode: Hex; from: Address },
): Promise<void> {
  const { address, creationCode, from } = options;
  await chain.setCode({ address, bytecode: creationCode });
  const { data: runtimeCode } = await chain.call({ to: address, account: from });
  const hash = await chain.sendTransaction({ to: address, account: from, chain: null });
  const { status } = await chain.waitForTransactionReceipt({ hash });
  if (status !== 'success' || runtimeCode === undefined) {
    throw new BaseError('DEVNET_CONTRACTS_FAILED', 'A constructor reverted.', { place: address });
  }
  await chain.setCode({ address, bytecode: runtimeCode });
}
