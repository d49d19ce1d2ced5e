import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { bigintToBytes, bytesToBigint } from '@snetkit/core';
import {
  ChannelStateReplySchema,
  ChannelStateRequestSchema,
  EntryView_State,
} from '@snetkit/protos/state';
import type { WireClient } from './session.ts';
import type { Wallet } from './wallet.ts';

/** GetChannelState, as numbers. */
export interface ChannelState {
  readonly nonce: bigint;
  /** The highest amount that is consumed: cogs. */
  readonly amount: bigint;
  readonly signature: Uint8Array;
  /** Stretches `(from, to]` below it that are not consumed. */
  readonly open: readonly { readonly from: bigint; readonly to: bigint }[];
  readonly entries: readonly {
    readonly nonce: bigint;
    readonly amount: bigint;
    readonly price: bigint;
    /** Honoured once more without a new charge; otherwise it is in progress. */
    readonly isRetry: boolean;
  }[];
  readonly credit: bigint;
}

/** Asks one replica; resolves with the state, or with the reason why there is none. */
export async function readState(
  client: WireClient,
  {
    wallet,
    channelId,
    block,
    timeoutMs,
  }: { wallet: Wallet; channelId: bigint; block: bigint; timeoutMs: number },
): Promise<ChannelState | string> {
  const request = create(ChannelStateRequestSchema, {
    channelId: bigintToBytes(channelId),
    signature: wallet.signStateRequest(channelId, block),
    currentBlock: block,
  });
  const answer = await client.call({
    path: '/escrow.PaymentChannelStateService/GetChannelState',
    body: toBinary(ChannelStateRequestSchema, request),
    leaveAfterMs: timeoutMs,
  });
  if (answer.status !== 0 || answer.body.length < 5) {
    return `${answer.status ?? 'no status'} ${answer.message}`;
  }
  const reply = fromBinary(ChannelStateReplySchema, answer.body.subarray(5));
  return {
    nonce: bytesToBigint(reply.currentNonce),
    amount: bytesToBigint(reply.currentSignedAmount),
    signature: reply.currentSignature,
    open: reply.open.map(({ from, to }) => ({
      from: bytesToBigint(from),
      to: bytesToBigint(to),
    })),
    entries: reply.entries.map(({ nonce, amount, price, state }) => ({
      nonce: bytesToBigint(nonce),
      amount: bytesToBigint(amount),
      price: bytesToBigint(price),
      isRetry: state === EntryView_State.RETRY,
    })),
    credit: bytesToBigint(reply.credit),
  };
}
