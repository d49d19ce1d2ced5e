import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  claimChannel,
  createChainClient,
  getBlockNumber,
  privateKeySigner,
  type Signer,
} from '@snetkit/contracts';
import {
  bigintToBytes,
  bytesToBigint,
  packListInProgressMessage,
  packListUnclaimedMessage,
  packStartClaimMessage,
  packStartClaimsMessage,
} from '@snetkit/core';
import {
  GetPaymentsListRequestSchema,
  type PaymentReply,
  PaymentReplySchema,
  PaymentsListReplySchema,
  StartClaimRequestSchema,
  StartMultipleClaimRequestSchema,
} from '@snetkit/protos/control';
import type { PaidNetwork } from './paid-network.ts';

/** A payment as the control service tells it, as numbers. */
export interface ToldPayment {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly amount: bigint;
  readonly actual: bigint;
  readonly signature: Uint8Array;
  readonly expiration: bigint;
}

/** What a request says; left out: what is right. */
export interface ControlRequest {
  readonly signer?: Signer;
  readonly mpe?: string;
  /** Block that is signed, relative to the latest. */
  readonly blockOffset?: bigint;
  readonly signature?: Uint8Array;
}

/** The provider's treasurer, by hand. A refusal is thrown as `<code> <text>`. */
export interface Provider {
  listUnclaimed(request?: ControlRequest): Promise<ToldPayment[]>;
  listInProgress(request?: ControlRequest): Promise<ToldPayment[]>;
  startClaim(
    channelId: bigint,
    request?: ControlRequest & { nonce?: bigint },
  ): Promise<ToldPayment>;
  startClaims(channelIds: readonly bigint[], request?: ControlRequest): Promise<ToldPayment[]>;
  /** Takes `amount` of a claim on the chain; `actual` unless given. */
  land(claim: ToldPayment, amount?: bigint): Promise<void>;
}

/** The treasurer of a network's provider. */
export function createProvider({ devnet, call }: PaidNetwork): Provider {
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const provider = privateKeySigner(devnet.accounts.provider.privateKey);
  const { mpe } = devnet.contracts;

  async function ask(method: string, body: Uint8Array): Promise<Uint8Array> {
    const answer = await call(`/escrow.ProviderControlService/${method}`, {}, body);
    const [first] = answer.messages;
    if (answer.status !== 0 || first === undefined) {
      throw new Error(`${answer.status} ${answer.message}`);
    }
    return first;
  }

  async function list(
    method: string,
    pack: (fields: { mpe: string; block: bigint }) => Uint8Array,
    { signer = provider, mpe: passed = mpe, blockOffset = 0n, signature }: ControlRequest = {},
  ): Promise<ToldPayment[]> {
    const block = (await getBlockNumber(chain)) + blockOffset;
    const message: MessageInitShape<typeof GetPaymentsListRequestSchema> = {
      mpeAddress: passed,
      currentBlock: block,
      signature: signature ?? (await signer.signMessage(pack({ mpe, block }))),
    };
    const body = toBinary(
      GetPaymentsListRequestSchema,
      create(GetPaymentsListRequestSchema, message),
    );
    return fromBinary(PaymentsListReplySchema, await ask(method, body)).payments.map(tell);
  }

  return {
    listUnclaimed: (request) => list('GetListUnclaimed', packListUnclaimedMessage, request),
    listInProgress: (request) => list('GetListInProgress', packListInProgressMessage, request),
    async startClaim(channelId, request = {}) {
      const { signer = provider, mpe: passed = mpe, nonce = 0n, signature } = request;
      const packed = packStartClaimMessage({ mpe, channelId, nonce });
      const message = create(StartClaimRequestSchema, {
        mpeAddress: passed,
        channelId: bigintToBytes(channelId),
        signature: signature ?? (await signer.signMessage(packed)),
      });
      const reply = await ask('StartClaim', toBinary(StartClaimRequestSchema, message));
      return tell(fromBinary(PaymentReplySchema, reply));
    },
    async startClaims(channelIds, request = {}) {
      const { signer = provider, mpe: passed = mpe, blockOffset = 0n, signature } = request;
      const block = (await getBlockNumber(chain)) + blockOffset;
      const packed = packStartClaimsMessage({ mpe, channelIds, block });
      const message = create(StartMultipleClaimRequestSchema, {
        mpeAddress: passed,
        channelIds: [...channelIds],
        currentBlock: block,
        signature: signature ?? (await signer.signMessage(packed)),
      });
      const reply = await ask(
        'StartClaimForMultipleChannels',
        toBinary(StartMultipleClaimRequestSchema, message),
      );
      return fromBinary(PaymentsListReplySchema, reply).payments.map(tell);
    },
    async land({ channelId, amount: signedAmount, signature, actual }, amount = actual) {
      await claimChannel(chain, provider, {
        ...{ mpe, channelId, signedAmount, signature },
        actualAmount: amount,
      });
    },
  };
}

function tell(reply: PaymentReply): ToldPayment {
  return {
    channelId: bytesToBigint(reply.channelId),
    nonce: bytesToBigint(reply.channelNonce),
    amount: bytesToBigint(reply.signedAmount),
    actual: bytesToBigint(reply.actualAmount),
    signature: reply.signature,
    expiration: bytesToBigint(reply.channelExpiry),
  };
}
