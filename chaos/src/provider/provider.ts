import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { type ChainClient, claimChannel, type Signer } from '@snetkit/contracts';
import {
  type Address,
  bigintToBytes,
  bytesToBigint,
  packListInProgressMessage,
  packStartClaimMessage,
} from '@snetkit/core';
import {
  GetPaymentsListRequestSchema,
  PaymentsListReplySchema,
  StartClaimRequestSchema,
} from '@snetkit/protos/control';
import type { WireClient } from '../client/session.ts';
import type { Wallet } from '../client/wallet.ts';

/** A claim that a daemon has started. */
export interface StartedClaim {
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Cogs that the client signed. */
  readonly amount: bigint;
  /** Cogs to take. */
  readonly actual: bigint;
  readonly signature: Uint8Array;
}

/** Whoever is paid: collects through the control service, as a treasurer program does. */
export interface Provider {
  /** gRPC status of the answer; undefined when none came. */
  startClaim(
    client: WireClient,
    channel: { channelId: bigint; nonce: bigint },
  ): Promise<number | undefined>;
  /** Claims that are in progress; a text when no answer came. */
  listInProgress(client: WireClient, block: bigint): Promise<readonly StartedClaim[] | string>;
  /** Takes the money on the chain. */
  land(claim: StartedClaim): Promise<void>;
}

const service = '/escrow.ProviderControlService';
const timeoutMs = 4_000;

/** Acts for the payment address of the group. */
export function createProvider(options: {
  chain: ChainClient;
  signer: Signer;
  wallet: Wallet;
  mpe: Address;
}): Provider {
  const { chain, signer, wallet, mpe } = options;
  return {
    async startClaim(client, { channelId, nonce }) {
      const request = create(StartClaimRequestSchema, {
        mpeAddress: mpe,
        channelId: bigintToBytes(channelId),
        signature: wallet.sign(packStartClaimMessage({ mpe, channelId, nonce })),
      });
      const body = toBinary(StartClaimRequestSchema, request);
      const path = `${service}/StartClaim`;
      return (await client.call({ path, body, leaveAfterMs: timeoutMs })).status;
    },
    async listInProgress(client, block) {
      const request = create(GetPaymentsListRequestSchema, {
        mpeAddress: mpe,
        currentBlock: block,
        signature: wallet.sign(packListInProgressMessage({ mpe, block })),
      });
      const body = toBinary(GetPaymentsListRequestSchema, request);
      const path = `${service}/GetListInProgress`;
      const answer = await client.call({ path, body, leaveAfterMs: timeoutMs });
      if (answer.status !== 0) return `${answer.status} ${answer.message}`;
      const { payments } = fromBinary(PaymentsListReplySchema, answer.body.subarray(5));
      return payments.map((payment) => ({
        channelId: bytesToBigint(payment.channelId),
        nonce: bytesToBigint(payment.channelNonce),
        amount: bytesToBigint(payment.signedAmount),
        actual: bytesToBigint(payment.actualAmount),
        signature: payment.signature,
      }));
    },
    async land({ channelId, amount, actual, signature }) {
      await claimChannel(chain, signer, {
        ...{ mpe, channelId, signature, signedAmount: amount, actualAmount: actual },
      });
    },
  };
}
