import type { OutgoingHttpHeaders } from 'node:http2';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  createChainClient,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
} from '@snetkit/contracts';
import {
  bigintToBytes,
  bytesToBase64,
  bytesToBigint,
  bytesToHex,
  encodeEscrowHeaders,
  packClaimMessage,
  packGetChannelStateMessage,
  parseGroupId,
} from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { ChannelStateReplySchema, ChannelStateRequestSchema } from '@snetkit/protos/state';
import type { WireClient } from './wire-client.ts';

/** Whoever pays in a test. */
export interface Wallet {
  openChannel(calls: bigint): Promise<bigint>;
  /** Headers of the payment of a channel's call `turn`, counted from 1. */
  pay(channelId: bigint, turn: number): Promise<OutgoingHttpHeaders>;
  /** How many calls of a channel are charged, by what the daemon says. */
  countCharged(client: WireClient, channelId: bigint): Promise<number>;
}

/** The wallet of the local network's client. */
export function createWallet(devnet: Devnet): Wallet {
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const signer = privateKeySigner(devnet.accounts.client.privateKey);
  const { mpe, token } = devnet.contracts;
  return {
    async openChannel(calls) {
      const { channelId } = await depositAndOpenChannel(chain, signer, {
        mpe,
        token,
        signer: signer.address,
        recipient: devnet.accounts.provider.address,
        groupId: bytesToHex(parseGroupId(devnet.groupId)),
        amount: devnet.price * calls,
        expiration: (await getBlockNumber(chain)) + 100_000n,
      });
      return channelId;
    },
    async pay(channelId, turn) {
      const amount = devnet.price * BigInt(turn);
      const signature = await signer.signMessage(
        packClaimMessage({ mpe, channelId, nonce: 0n, amount }),
      );
      const entries = encodeEscrowHeaders({ channelId, nonce: 0n, amount, signature });
      return Object.fromEntries(
        entries.map(([name, value]) => [
          name,
          typeof value === 'string' ? value : bytesToBase64(value),
        ]),
      );
    },
    async countCharged(client, channelId) {
      const block = await getBlockNumber(chain);
      const request = create(ChannelStateRequestSchema, {
        channelId: bigintToBytes(channelId),
        signature: await signer.signMessage(packGetChannelStateMessage({ mpe, channelId, block })),
        currentBlock: block,
      });
      const { status, message, messages } = await client.call(
        '/escrow.PaymentChannelStateService/GetChannelState',
        {},
        toBinary(ChannelStateRequestSchema, request),
      );
      const [first] = messages;
      if (status !== 0 || first === undefined) throw new Error(`${status} ${message}`);
      const reply = fromBinary(ChannelStateReplySchema, first);
      const open = reply.open.reduce(
        (sum, { from, to }) => sum + bytesToBigint(to) - bytesToBigint(from),
        0n,
      );
      return Number((bytesToBigint(reply.currentSignedAmount) - open) / devnet.price);
    },
  };
}
