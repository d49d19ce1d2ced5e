import type { OutgoingHttpHeaders } from 'node:http2';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { createChainClient, getBlockNumber } from '@snetkit/contracts';
import { encodePrepaidHeaders, packClaimMessage, packGetTokenMessage } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { TokenService } from '@snetkit/protos/token';
import { sign } from './sign.ts';
import { untilAccepted } from './until-accepted.ts';
import { wireHeaders } from './wire-headers.ts';

/** Buys prepaid calls for all the money of channels; returns the headers that every call on one has. */
export async function buyTokens(
  { contracts, accounts, price, rpcUrl, endpoint }: Devnet,
  channels: readonly { readonly channelId: bigint; readonly calls: number }[],
): Promise<readonly OutgoingHttpHeaders[]> {
  const { privateKey } = accounts.client;
  const client = createClient(TokenService, createGrpcTransport({ baseUrl: endpoint }));
  const block = await getBlockNumber(createChainClient({ rpcUrl }));

  async function buy({ channelId, calls }: (typeof channels)[number]) {
    const signedAmount = price * BigInt(calls);
    const claim = { mpe: contracts.mpe, channelId, nonce: 0n, amount: signedAmount };
    const claimSignature = sign(packClaimMessage(claim), privateKey);
    const request = {
      channelId,
      currentNonce: 0n,
      signedAmount,
      currentBlock: block,
      claimSignature,
      signature: sign(packGetTokenMessage({ claimSignature, block }), privateKey),
    };
    const { token } = await untilAccepted(() => client.getToken(request));
    return wireHeaders(encodePrepaidHeaders({ channelId, nonce: 0n, token }));
  }

  const headers: OutgoingHttpHeaders[] = [];
  for (const channel of channels) headers.push(await buy(channel));
  return headers;
}
