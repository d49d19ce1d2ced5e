import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { createChainClient, getBlockNumber, privateKeySigner } from '@snetkit/contracts';
import { bigintToBytes, packGetChannelStateMessage } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import {
  type ChannelStateReply,
  ChannelStateReplySchema,
  ChannelStateRequestSchema,
} from '@snetkit/protos/state';
import { connectRaw } from './grpc-call.ts';

/** Asks a daemon of a local network for the state of a channel, as its client; the refusal is a status. */
export async function askChannelState(
  { rpcUrl, accounts, contracts: { mpe } }: Devnet,
  { endpoint, channelId }: { endpoint: string; channelId: bigint },
): Promise<{ status: number | undefined; message: string; reply?: ChannelStateReply }> {
  const client = privateKeySigner(accounts.client.privateKey);
  const block = await getBlockNumber(createChainClient({ rpcUrl }));
  const message = packGetChannelStateMessage({ mpe, channelId, block });
  const request = create(ChannelStateRequestSchema, {
    channelId: bigintToBytes(channelId),
    signature: await client.signMessage(message),
    currentBlock: block,
  });
  const raw = await connectRaw(endpoint);
  try {
    const answer = await raw.call(
      '/escrow.PaymentChannelStateService/GetChannelState',
      {},
      toBinary(ChannelStateRequestSchema, request),
    );
    const [first] = answer.messages;
    return {
      status: answer.status,
      message: answer.message,
      ...(first !== undefined && { reply: fromBinary(ChannelStateReplySchema, first) }),
    };
  } finally {
    await raw.close();
  }
}
