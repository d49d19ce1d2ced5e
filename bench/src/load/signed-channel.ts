import type { OutgoingHttpHeaders } from 'node:http2';
import {
  type Address,
  bytesToBase64,
  encodeEscrowHeaders,
  type Hex,
  hashPersonalMessage,
  hexToBytes,
  packClaimMessage,
} from '@snetkit/core';
import secp256k1 from 'secp256k1';

/** Payments on one channel, signed before they are needed. */
export interface SignedChannel {
  /** Headers of the next payments, in order. */
  take(count: number): readonly OutgoingHttpHeaders[];
}

/** Signs with the native library, so that a run spends its time on what it measures. */
export function signedChannel(options: {
  mpe: Address;
  channelId: bigint;
  price: bigint;
  privateKey: Hex;
}): SignedChannel {
  const { mpe, channelId, price, privateKey } = options;
  const key = hexToBytes(privateKey);
  let amount = 0n;
  const next = (): OutgoingHttpHeaders => {
    amount += price;
    const packed = packClaimMessage({ mpe, channelId, nonce: 0n, amount });
    const { signature, recid } = secp256k1.ecdsaSign(hashPersonalMessage(packed), key);
    const entries = encodeEscrowHeaders({
      channelId,
      nonce: 0n,
      amount,
      signature: new Uint8Array([...signature, recid + 27]),
    });
    return Object.fromEntries(
      entries.map(([name, value]) => [
        name,
        typeof value === 'string' ? value : bytesToBase64(value),
      ]),
    );
  };
  return { take: (count) => Array.from({ length: count }, next) };
}
