import type { OutgoingHttpHeaders } from 'node:http2';
import {
  type Address,
  bytesToBase64,
  bytesToHex,
  encodeEscrowHeaders,
  type Hex,
  hashPersonalMessage,
  hexToBytes,
  packClaimMessage,
  packGetChannelStateMessage,
  paymentHeaders,
} from '@snetkit/core';
import secp256k1 from 'secp256k1';

/** A payment before it is signed. */
export interface Payment {
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Cumulative cogs. */
  readonly amount: bigint;
}

/** What signs for one account. */
export interface Wallet {
  /** Headers of a payment; the same for the same payment. */
  pay(payment: Payment, options?: { allowGap?: boolean }): OutgoingHttpHeaders;
  signStateRequest(channelId: bigint, block: bigint): Uint8Array;
  sign(packed: Uint8Array): Uint8Array;
  /** Whether it was this account that signed the payment. */
  hasSigned(payment: Payment, signature: Uint8Array): boolean;
}

/** Signs with the native library: hundreds of payments are in flight. */
export function createWallet({ mpe, privateKey }: { mpe: Address; privateKey: Hex }): Wallet {
  const key = hexToBytes(privateKey);
  const publicKey = secp256k1.publicKeyCreate(key);
  const sign = (packed: Uint8Array) => {
    const { signature, recid } = secp256k1.ecdsaSign(hashPersonalMessage(packed), key);
    return new Uint8Array([...signature, recid + 27]);
  };
  return {
    sign,
    pay(payment, { allowGap = false } = {}) {
      const signature = sign(packClaimMessage({ mpe, ...payment }));
      const entries = encodeEscrowHeaders({ ...payment, signature }).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : bytesToBase64(value),
      ]);
      return {
        ...Object.fromEntries(entries),
        ...(allowGap && { [paymentHeaders.allowGap]: '1' }),
      };
    },
    signStateRequest: (channelId, block) =>
      sign(packGetChannelStateMessage({ mpe, channelId, block })),
    hasSigned(payment, signature) {
      if (signature.length !== 65) return false;
      const hash = hashPersonalMessage(packClaimMessage({ mpe, ...payment }));
      const recid = ((signature[64] ?? 27) - 27) & 1;
      const recovered = secp256k1.ecdsaRecover(signature.subarray(0, 64), recid, hash);
      return bytesToHex(recovered) === bytesToHex(publicKey);
    },
  };
}
