import {
  formatFreeCallToken,
  type Hex,
  packFreeCallTokenMessage,
  signMessage,
} from '@snetkit/core';
import type { FreeCallTerms } from './terms.ts';

/** Longest life of a token: 172,800 blocks, about 24 days. */
export const maxLifetimeBlocks = 172_800n;

/** A token with the last block in which it is good. */
export interface IssuedToken {
  /** 65-byte signature with v of 0 or 1, underscore, block digits. */
  readonly token: Uint8Array;
  readonly expirationBlock: bigint;
}

/**
 * Makes a token (daemon.md 3.9). A life that is too long, or absent, becomes the longest.
 *
 * @param options.lifetime - blocks
 * @throws BaseError `PRIVATE_KEY_INVALID`
 */
export function issueToken(options: {
  readonly terms: FreeCallTerms;
  /** Who may use it; 0x and 40 digits. */
  readonly wallet: string;
  readonly userId: string;
  /** Latest block. */
  readonly block: bigint;
  readonly lifetime: bigint | undefined;
  readonly privateKey: Hex;
}): IssuedToken {
  const { terms, wallet, userId, block, lifetime = maxLifetimeBlocks, privateKey } = options;
  const expirationBlock = block + (lifetime > maxLifetimeBlocks ? maxLifetimeBlocks : lifetime);
  const message = packFreeCallTokenMessage({ ...terms, address: wallet, userId, expirationBlock });
  const signature = signMessage({ message, privateKey });
  // Signed with v of 27 or 28; the official daemon writes 0 or 1.
  signature[64] = (signature[64] ?? 0) % 27;
  return { token: formatFreeCallToken({ signature, expirationBlock }), expirationBlock };
}
