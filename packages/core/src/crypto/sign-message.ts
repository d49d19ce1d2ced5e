import { secp256k1 } from '@noble/curves/secp256k1.js';
import { assertLength } from '../bytes/assert-length.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { BaseError } from '../errors/base-error.ts';
import type { Address, Hex } from '../types.ts';
import { checksumAddress } from './checksum-address.ts';
import { hashPersonalMessage } from './hash-personal-message.ts';
import type { HashSigning } from './hash-signing.ts';
import { type Keccak256, keccak256 } from './keccak256.ts';
import { portableSigning } from './portable-signing.ts';

/** What signs and hashes. */
export interface SigningDrivers {
  /** Driver; the portable one unless given. */
  readonly signing?: HashSigning | undefined;
  /** Driver; the portable one unless given. */
  readonly keccak?: Keccak256 | undefined;
}

/** Options of {@link signMessage}. */
export interface SignMessageOptions extends SigningDrivers {
  /** Packed bytes, as the `pack...Message` functions return them. */
  readonly message: Uint8Array;
  /** 32 bytes, or `0x` and 64 digits. */
  readonly privateKey: Uint8Array | Hex;
}

/**
 * Signs a packed message: 65 bytes `r||s||v` with v of 27 or 28, deterministic (RFC 6979), low S.
 *
 * @throws BaseError `PRIVATE_KEY_INVALID`, which never shows the key
 */
export function signMessage(options: SignMessageOptions): Uint8Array {
  const { message, privateKey, signing, keccak } = options;
  return signHash(hashPersonalMessage(message, keccak), privateKey, { signing });
}

/**
 * Signs a 32-byte hash as it is: 65 bytes `r||s||v` with v of 27 or 28, deterministic (RFC 6979), low S.
 *
 * @throws BaseError `BYTES_LENGTH_INVALID`; `PRIVATE_KEY_INVALID`, which never shows the key
 */
export function signHash(
  hash: Uint8Array,
  privateKey: Uint8Array | Hex,
  { signing = portableSigning }: Pick<SigningDrivers, 'signing'> = {},
): Uint8Array {
  assertLength(hash, 32, 'A signed hash');
  return signing.signHash(hash, parseKey(privateKey));
}

/**
 * The checksummed address of a private key.
 *
 * @throws BaseError `PRIVATE_KEY_INVALID`, which never shows the key
 */
export function privateKeyToAddress(privateKey: Uint8Array | Hex): Address {
  const publicKey = secp256k1.getPublicKey(parseKey(privateKey), false);
  return checksumAddress(keccak256(publicKey.subarray(1)).slice(12));
}

function parseKey(privateKey: Uint8Array | Hex): Uint8Array {
  const key = typeof privateKey === 'string' ? tryHex(privateKey) : privateKey;
  if (key !== undefined && secp256k1.utils.isValidSecretKey(key)) return key;
  // No cause and nothing found: both could show the key.
  throw new BaseError('PRIVATE_KEY_INVALID', 'The private key cannot be used.', {
    expected: '0x and 64 hexadecimal digits, inside the range of the curve',
  });
}

function tryHex(text: string): Uint8Array | undefined {
  return /^(?:0x)?[0-9a-fA-F]{64}$/.test(text) ? hexToBytes(text) : undefined;
}
