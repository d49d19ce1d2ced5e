import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http2';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { createChainClient, getBlockNumber, privateKeySigner } from '@snetkit/contracts';
import {
  bytesToHex,
  encodeFreeCallHeaders,
  packFreeCallMessage,
  packFreeCallTokenRequest,
} from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { FreeCallStateService } from '@snetkit/protos/state';
import { sign } from './sign.ts';
import { untilAccepted } from './until-accepted.ts';
import { wireHeaders } from './wire-headers.ts';

/**
 * New wallets, each with a token; returns the headers of their calls. A signature holds for as long as
 * the chain stands within five blocks of now: nobody may send a transaction any more.
 */
export async function createFreeCallers(
  { organizationId, serviceId, groupId, rpcUrl, endpoint }: Devnet,
  count: number,
): Promise<readonly OutgoingHttpHeaders[]> {
  const client = createClient(FreeCallStateService, createGrpcTransport({ baseUrl: endpoint }));
  const block = await getBlockNumber(createChainClient({ rpcUrl }));
  const terms = { organizationId, serviceId, groupId, block };

  async function create(): Promise<OutgoingHttpHeaders> {
    const privateKey = bytesToHex(randomBytes(32));
    const { address } = privateKeySigner(privateKey);
    const request = {
      address,
      currentBlock: block,
      signature: sign(packFreeCallTokenRequest({ ...terms, address }), privateKey),
    };
    const { token } = await untilAccepted(() => client.getFreeCallToken(request));
    const signature = sign(packFreeCallMessage({ ...terms, address, token }), privateKey);
    return wireHeaders(encodeFreeCallHeaders({ address, block, signature, token }));
  }

  const headers: OutgoingHttpHeaders[] = [];
  for (let made = 0; made < count; made += 1) headers.push(await create());
  return headers;
}
