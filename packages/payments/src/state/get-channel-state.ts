import { create } from '@bufbuild/protobuf';
import { createClient, type Transport } from '@connectrpc/connect';
import type { Signer } from '@snetkit/contracts';
import { type Address, bigintToBytes, packGetChannelStateMessage } from '@snetkit/core';
import {
  type ChannelStateReply,
  ChannelStateRequestSchema,
  PaymentChannelStateService,
} from '@snetkit/protos/state';
import { withinLimit } from '../outcome/within-limit.ts';

/** Which channel, and in whose name it is asked for. */
export interface GetChannelStateOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
  /** Signer, sender or recipient of the channel. */
  readonly signer: Signer;
  /** Latest block number; the daemon accepts five blocks more or less. */
  readonly block: bigint;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Asks a daemon what it knows of a channel (daemon.md, section 4.8). Nothing in the answer is
 * verified yet: see `verifyChannelState`.
 *
 * @throws BaseError `TIMED_OUT`; ConnectError as the daemon answers
 */
export async function getChannelState(
  transport: Transport,
  { mpe, channelId, signer, block, signal, timeoutMs = 10_000 }: GetChannelStateOptions,
): Promise<ChannelStateReply> {
  const client = createClient(PaymentChannelStateService, transport);
  const signature = await signer.signMessage(packGetChannelStateMessage({ mpe, channelId, block }));
  const request = create(ChannelStateRequestSchema, {
    channelId: bigintToBytes(channelId),
    signature,
    currentBlock: block,
  });
  const path = '/escrow.PaymentChannelStateService/GetChannelState';
  return withinLimit({ path, timeoutMs }, () =>
    client.getChannelState(request, { timeoutMs, ...(signal && { signal }) }),
  );
}
