import type { Transport } from '@connectrpc/connect';
import { type ChainClient, getBlockNumber, getChannel, type Signer } from '@snetkit/contracts';
import { type Address, BaseError } from '@snetkit/core';
import { getChannelState, type VerifiedState, verifyChannelState } from '@snetkit/payments';
import { toCallError } from '../calls/call-error.ts';

/** Which channel, and who asks whom. */
export interface AskChannelStateOptions {
  readonly chain: ChainClient;
  readonly mpe: Address;
  readonly channelId: bigint;
  /** Signer, sender or recipient of the channel. */
  readonly signer: Signer;
  /** Unpaid way to the daemon. */
  readonly daemon: Transport;
  readonly endpoint: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks the daemon what it knows of a channel; only what the client's own signatures confirm is believed. */
export async function askChannelState(options: AskChannelStateOptions): Promise<VerifiedState> {
  const { chain, mpe, channelId, signer, daemon, endpoint, signal } = options;
  const [channel, block] = await Promise.all([
    getChannel(chain, { mpe, channelId, signal }),
    getBlockNumber(chain, { signal }),
  ]);
  if (channel === undefined) {
    throw new BaseError('CHANNEL_UNKNOWN', 'The channel is not on the chain.', {
      place: `channel ${channelId} of ${mpe}`,
    });
  }
  const timeoutMs = 10_000;
  const startedAt = performance.now();
  try {
    const asked = { mpe, channelId, signer, block, signal, timeoutMs };
    const reply = await getChannelState(daemon, asked);
    return verifyChannelState(reply, { ...channel, mpe, channelId });
  } catch (error) {
    const path = '/escrow.PaymentChannelStateService/GetChannelState';
    throw toCallError(error, { path, endpoint, signal, timeoutMs, startedAt });
  }
}
