import {
  approve,
  createChainClient,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
} from '@snetkit/contracts';
import { bytesToHex, parseGroupId } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';

/** Opens channels of the client, each with money for so many calls; returns their ids. */
export async function openChannels(
  { contracts, accounts, price, groupId, rpcUrl }: Devnet,
  calls: readonly number[],
): Promise<readonly bigint[]> {
  const { mpe, token } = contracts;
  const chain = createChainClient({ rpcUrl });
  const signer = privateKeySigner(accounts.client.privateKey);
  const block = await getBlockNumber(chain);
  const sum = calls.reduce((total, count) => total + count, 0);
  await approve(chain, signer, { token, spender: mpe, amount: price * BigInt(sum) });
  const ids: bigint[] = [];
  for (const count of calls) {
    const { channelId } = await depositAndOpenChannel(chain, signer, {
      mpe,
      token,
      signer: signer.address,
      recipient: accounts.provider.address,
      groupId: bytesToHex(parseGroupId(groupId)),
      amount: price * BigInt(count),
      expiration: block + 1_000_000n,
    });
    ids.push(channelId);
  }
  return ids;
}
