import { keccak_256 } from '@noble/hashes/sha3.js';

/** Port: the hash function of the chain. The daemon has a faster driver. */
export type Keccak256 = (data: Uint8Array) => Uint8Array;

/** Portable driver of {@link Keccak256}: 32 bytes, computed in JavaScript. */
export const keccak256: Keccak256 = (data) => keccak_256(data);
