import { hexToBytes, type Keccak256, type SignatureRecovery } from '@snetkit/core';

/** Who signs all simulated payments. */
export const clientAddress = `0x${'11'.repeat(20)}`;

/** What a signature is over. */
export interface SignedText {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly amount: bigint;
}

const signer = hexToBytes(clientAddress);
const somebodyElse = new Uint8Array(20);
const claimMessageLength = 135;

/** Stands for a signature of 65 bytes, and tells what it is over. */
export function signatureOf({ channelId, nonce, amount }: SignedText): Uint8Array {
  const signature = new Uint8Array(65);
  const view = new DataView(signature.buffer);
  view.setBigUint64(0, channelId);
  view.setBigUint64(8, nonce);
  view.setBigUint64(16, amount);
  return signature;
}

/** Whether a signature is the client's over this. */
export function isSignatureOf(signature: Uint8Array, { channelId, nonce, amount }: SignedText) {
  if (signature.length !== 65) return false;
  const view = new DataView(signature.buffer, signature.byteOffset, 65);
  return (
    view.getBigUint64(0) === channelId &&
    view.getBigUint64(8) === nonce &&
    view.getBigUint64(16) === amount
  );
}

/** Stands for a hash: of a claim message it keeps what the message says, of a prefixed hash the hash. */
export const simulatedKeccak: Keccak256 = (data) => {
  if (data.length !== claimMessageLength) return data.slice(-32);
  const hash = new Uint8Array(32);
  for (let field = 0; field < 3; field += 1) {
    const end = claimMessageLength - (2 - field) * 32;
    hash.set(data.subarray(end - 8, end), field * 8);
  }
  return hash;
};

/** Recovers the client when the signature is over the message that was hashed. */
export const simulatedRecovery: SignatureRecovery = {
  name: 'simulated',
  recoverAddress(hash, signature) {
    for (let index = 0; index < 24; index += 1) {
      if (hash[index] !== signature[index]) return somebodyElse;
    }
    return signer;
  },
};
