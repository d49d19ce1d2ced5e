import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http2';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import {
  type Address,
  bytesToBigint,
  bytesToHex,
  encodeEscrowHeaders,
  type Hex,
  packClaimMessage,
  packGetChannelStateMessage,
} from '@snetkit/core';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { sign } from '../payments/sign.ts';
import { wireHeaders } from '../payments/wire-headers.ts';
import type { CallPlan } from './call-plan.ts';

/** What a call may have cost: its price or nothing, or nobody but the daemon knows. */
export type Cost = 'price' | 'nothing' | 'either';

/** What a client knows of its channel. */
export interface PayingChannel {
  /** Prices that were paid, as the client counts. */
  readonly paid: bigint;
  /** Headers of the next payment, or of one that is wrong. */
  pay(wrong?: CallPlan['wrong']): OutgoingHttpHeaders;
  /** The call has cost its price. */
  advance(): void;
  /**
   * Asks what the daemon has after a call that went otherwise than planned, and goes on from there.
   * @returns what cannot be, if anything
   */
  resync(cost: Cost): Promise<string | undefined>;
  /** Prices that the daemon has charged. */
  readCharged(): Promise<bigint>;
}

/** A channel that one client pays from. */
export function createPayingChannel(options: {
  readonly endpoint: string;
  readonly mpe: Address;
  readonly channelId: bigint;
  readonly price: bigint;
  readonly privateKey: Hex;
  /** Number of the latest block. */
  readBlock(): Promise<bigint>;
}): PayingChannel {
  const { endpoint, mpe, channelId, price, privateKey, readBlock } = options;
  const client = createClient(
    PaymentChannelStateService,
    createGrpcTransport({ baseUrl: endpoint, nodeOptions: { rejectUnauthorized: false } }),
  );
  const stranger = bytesToHex(randomBytes(32));
  let paid = 0n;

  async function readCharged(): Promise<bigint> {
    const block = await readBlock();
    const packed = packGetChannelStateMessage({ mpe, channelId, block });
    const state = await client.getChannelState({
      channelId: uint256(channelId),
      signature: sign(packed, privateKey),
      currentBlock: block,
    });
    const open = state.open.reduce(
      (sum, { from, to }) => sum + bytesToBigint(to) - bytesToBigint(from),
      0n,
    );
    return (bytesToBigint(state.currentSignedAmount) - open) / price;
  }

  return {
    get paid() {
      return paid;
    },
    pay(wrong) {
      if (wrong === 'missing') return {};
      const nonce = wrong === 'nonce' ? 7n : 0n;
      const amount = price * (paid + 1n) + (wrong === 'amount' ? price / 2n : 0n);
      const packed = packClaimMessage({ mpe, channelId, nonce, amount });
      const signature = sign(packed, wrong === 'signature' ? stranger : privateKey);
      return wireHeaders(encodeEscrowHeaders({ channelId, nonce, amount, signature }));
    },
    advance() {
      paid += 1n;
    },
    async resync(cost) {
      const charged = await readCharged();
      const isPossible =
        (cost !== 'price' && charged === paid) || (cost !== 'nothing' && charged === paid + 1n);
      const difference = isPossible
        ? undefined
        : `paid ${paid} before a call that cost ${cost}, charged ${charged}`;
      paid = charged;
      return difference;
    },
    readCharged,
  };
}

function uint256(value: bigint): Uint8Array {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
