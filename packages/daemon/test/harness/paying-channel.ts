import type { OutgoingHttpHeaders } from 'node:http2';
import {
  createChainClient,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
} from '@snetkit/contracts';
import {
  bytesToBase64,
  bytesToHex,
  encodeEscrowHeaders,
  packClaimMessage,
  parseGroupId,
} from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { callDetect } from '../shell/start-test-network.ts';

/** A channel and its client, who signs one call after the other as official clients do. */
export interface PayingChannel {
  readonly channelId: bigint;
  /** Cogs of the calls that were served. */
  readonly amount: bigint;
  /** Signed headers of a payment of so many cogs in all; the next one unless given. */
  sign(amount?: bigint): Promise<OutgoingHttpHeaders>;
  /** One call of the example service; the amount grows when it is served. */
  pay(endpoint: string): Promise<{ status: number | undefined; message: string }>;
}

/** Opens a channel to the provider of a local network that lives for so many blocks from now on. */
export async function openPayingChannel(
  devnet: Devnet,
  { lifetime = 100_000n, calls = 1_000n }: { lifetime?: bigint; calls?: bigint } = {},
): Promise<PayingChannel> {
  const { contracts, accounts, price, groupId, rpcUrl } = devnet;
  const { mpe, token } = contracts;
  const payer = privateKeySigner(accounts.client.privateKey);
  const chain = createChainClient({ rpcUrl });
  const { channelId } = await depositAndOpenChannel(chain, payer, {
    mpe,
    token,
    signer: payer.address,
    recipient: accounts.provider.address,
    groupId: bytesToHex(parseGroupId(groupId)) as `0x${string}`,
    amount: price * calls,
    expiration: (await getBlockNumber(chain)) + lifetime,
  });
  let served = 0n;

  async function sign(amount = served + price): Promise<OutgoingHttpHeaders> {
    const signature = await payer.signMessage(
      packClaimMessage({ mpe, channelId, nonce: 0n, amount }),
    );
    const entries = encodeEscrowHeaders({ channelId, nonce: 0n, amount, signature });
    return Object.fromEntries(
      entries.map(([name, value]) => [
        name,
        typeof value === 'string' ? value : bytesToBase64(value).replace(/=+$/, ''),
      ]),
    );
  }

  return {
    channelId,
    get amount() {
      return served;
    },
    sign,
    async pay(endpoint) {
      const headers = (await sign()) as Record<string, string>;
      const { status, message } = await callDetect(endpoint, headers);
      if (status === 0) served += price;
      return { status, message };
    },
  };
}
