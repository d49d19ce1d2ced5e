import {
  bytesToHex,
  type Hex,
  hexToBytes,
  keccak256,
  privateKeyToAddress,
  signHash,
  signMessage,
} from '@snetkit/core';
import { hashTypedData } from './hash-typed-data.ts';
import type { Signer, TypedData, UnsignedTransaction } from './signer.ts';

/**
 * A signer with a private key in memory: `0x` and 64 hexadecimal digits. The key lives in a closure:
 * no error, no log and no inspection of the signer shows it.
 *
 * @throws BaseError `PRIVATE_KEY_INVALID`
 */
export function privateKeySigner(privateKey: Hex): Signer {
  const address = privateKeyToAddress(privateKey);
  const key = hexToBytes(privateKey);
  return Object.freeze({
    address,
    async signMessage(packed: Uint8Array) {
      return signMessage({ message: packed, privateKey: key });
    },
    async signTypedData(data: TypedData) {
      return signHash(await hashTypedData(data), key);
    },
    async signTransaction(transaction: UnsignedTransaction) {
      // viem is slow to load, and signing payments does not need it.
      const { serializeTransaction } = await import('viem/utils');
      const hash = keccak256(hexToBytes(serializeTransaction(transaction)));
      const signature = signHash(hash, key);
      return serializeTransaction(transaction, {
        r: bytesToHex(signature.subarray(0, 32)),
        s: bytesToHex(signature.subarray(32, 64)),
        yParity: (signature[64] ?? 27) - 27,
        v: BigInt(signature[64] ?? 27),
      });
    },
  });
}
