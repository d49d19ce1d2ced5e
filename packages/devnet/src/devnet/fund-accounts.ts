import { tokenAbi } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import type { DevnetChain } from '../contracts/devnet-chain.ts';

/** Gives each account cogs of the token from an unlocked account; anvil has given them ETH already. */
export async function fundAccounts(
  chain: DevnetChain,
  options: { token: Address; from: Address; to: readonly Address[]; amount: bigint },
): Promise<void> {
  const { token, from, to, amount } = options;
  for (const account of to) {
    const hash = await chain.writeContract({
      address: token,
      abi: tokenAbi,
      functionName: 'transfer',
      args: [account, amount],
      account: from,
      chain: null,
    });
    await chain.waitForTransactionReceipt({ hash });
  }
}
