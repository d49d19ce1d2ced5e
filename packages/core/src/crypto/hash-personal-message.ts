import { concatBytes } from '../bytes/bytes.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';
import { type Keccak256, keccak256 as portable } from './keccak256.ts';

const prefix = utf8ToBytes('\x19Ethereum Signed Message:\n32');

/**
 * The 32 bytes that are signed for a packed message: an EIP-191 personal message over the keccak of
 * the packed bytes (protocol/daemon.md 3).
 */
export function hashPersonalMessage(
  packed: Uint8Array,
  keccak256: Keccak256 = portable,
): Uint8Array {
  return keccak256(concatBytes(prefix, keccak256(packed)));
}
