import type { OutgoingHttpHeaders } from 'node:http2';
import { type Address, encodeEscrowHeaders, type Hex, packClaimMessage } from '@snetkit/core';
import { sign } from './sign.ts';
import { wireHeaders } from './wire-headers.ts';

/** Payments on one channel, signed before they are needed. */
export interface SignedChannel {
  /** Headers of the next payments, in order. */
  take(count: number): readonly OutgoingHttpHeaders[];
}

/** The payments of a channel to one daemon, from the first one on. */
export function signedChannel(options: {
  mpe: Address;
  channelId: bigint;
  price: bigint;
  privateKey: Hex;
}): SignedChannel {
  const { mpe, channelId, price, privateKey } = options;
  let amount = 0n;
  const next = (): OutgoingHttpHeaders => {
    amount += price;
    const signature = sign(packClaimMessage({ mpe, channelId, nonce: 0n, amount }), privateKey);
    return wireHeaders(encodeEscrowHeaders({ channelId, nonce: 0n, amount, signature }));
  };
  return { take: (count) => Array.from({ length: count }, next) };
}
