import type { OutgoingHttpHeaders } from 'node:http2';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  createChainClient,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
  type Signer,
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
import { type Devnet, type StartDevnetOptions, startDevnet } from '@snetkit/devnet';
import {
  type ChannelStateReply,
  ChannelStateReplySchema,
  ChannelStateRequestSchema,
} from '@snetkit/protos/state';
import { connectRaw, type GrpcAnswer } from './grpc-call.ts';

/** The daemon of this source tree, without a build. */
export const snetd = [
  process.execPath,
  '--conditions=@snetkit/source',
  fileURLToPath(new URL('../../bin/snetd.js', import.meta.url)),
];

/** What a payment says, before it is signed; left out: what is right. */
export interface PaymentParts {
  readonly channelId: bigint;
  readonly amount: bigint;
  readonly nonce?: bigint;
  readonly signer?: Signer;
  /** Headers put in place of the right ones. */
  readonly headers?: OutgoingHttpHeaders;
}

/** A local network with our daemon, and the means to pay it by hand. */
export interface PaidNetwork {
  readonly devnet: Devnet;
  readonly client: Signer;
  openChannel(options?: {
    calls?: bigint;
    lifetime?: bigint;
    groupId?: string;
    recipient?: string;
  }): Promise<bigint>;
  /** Signed headers of a payment. */
  pay(parts: PaymentParts): Promise<OutgoingHttpHeaders>;
  /** A unary call over a session of its own. */
  call(path: string, headers: OutgoingHttpHeaders, body?: Uint8Array): Promise<GrpcAnswer>;
  getState(channelId: bigint): Promise<ChannelState>;
  stop(): Promise<void>;
}

/** What GetChannelState tells, as numbers. */
export interface ChannelState {
  readonly reply: ChannelStateReply;
  readonly nonce: bigint;
  readonly amount: bigint;
  readonly signature: Uint8Array;
}

/** Starts it. The service is the example service unless another endpoint is given. */
export async function startPaidNetwork(options: StartDevnetOptions = {}): Promise<PaidNetwork> {
  const devnet = await startDevnet({ daemonCommand: snetd, ...options });
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const client = privateKeySigner(devnet.accounts.client.privateKey);
  const { mpe, token } = devnet.contracts;

  // Published before the daemon says what it speaks.
  const isTls = options.daemonConfig?.['ssl_cert'] !== undefined;
  const endpoint = isTls ? devnet.endpoint.replace('http:', 'https:') : devnet.endpoint;

  async function call(path: string, headers: OutgoingHttpHeaders, body = new Uint8Array()) {
    const raw = await connectRaw(endpoint);
    try {
      return await raw.call(path, headers, body);
    } finally {
      await raw.close();
    }
  }

  async function pay({ channelId, amount, nonce = 0n, signer = client, headers }: PaymentParts) {
    const signature = await signer.signMessage(packClaimMessage({ mpe, channelId, nonce, amount }));
    const entries = encodeEscrowHeaders({ channelId, nonce, amount, signature });
    return { ...toWire(entries), ...headers };
  }

  return {
    devnet,
    client,
    call,
    pay,
    async openChannel({
      calls = 1_000n,
      lifetime = 100_000n,
      groupId = bytesToHex(parseGroupId(devnet.groupId)),
      recipient = devnet.accounts.provider.address,
    } = {}) {
      const block = await getBlockNumber(chain);
      const { channelId } = await depositAndOpenChannel(chain, client, {
        mpe,
        token,
        signer: client.address,
        recipient: recipient as `0x${string}`,
        groupId: groupId as `0x${string}`,
        amount: devnet.price * calls,
        expiration: block + lifetime,
      });
      return channelId;
    },
    async getState(channelId) {
      const block = await getBlockNumber(chain);
      const message = packGetChannelStateMessage({ mpe, channelId, block });
      const request = create(ChannelStateRequestSchema, {
        channelId: bigintToBytes(channelId),
        signature: await client.signMessage(message),
        currentBlock: block,
      });
      const answer = await call(
        '/escrow.PaymentChannelStateService/GetChannelState',
        {},
        toBinary(ChannelStateRequestSchema, request),
      );
      const [first] = answer.messages;
      if (answer.status !== 0 || first === undefined)
        throw new Error(`${answer.status} ${answer.message}`);
      const reply = fromBinary(ChannelStateReplySchema, first);
      return {
        reply,
        nonce: bytesToBigint(reply.currentNonce),
        amount: bytesToBigint(reply.currentSignedAmount),
        signature: reply.currentSignature,
      };
    },
    stop: () => devnet.stop(),
  };
}

function toWire(entries: ReturnType<typeof encodeEscrowHeaders>): OutgoingHttpHeaders {
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === 'string' ? value : bytesToBase64(value).replace(/=+$/, ''),
    ]),
  );
}
