import { scryptAsync } from '@noble/hashes/scrypt.js';

/** What scrypt is to do. */
export interface ScryptOptions {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  /** Cost; a power of two. */
  readonly n: number;
  /** Block size; `128 * n * r` bytes of memory are used. */
  readonly r: number;
  /** How often it is done. */
  readonly p: number;
  /** Length of the derived key in bytes. */
  readonly length: number;
  /** Gives up, where the driver can. */
  readonly signal?: AbortSignal | undefined;
}

/** Port: the slow function behind a password. Node has a faster driver. */
export type Scrypt = (options: ScryptOptions) => Promise<Uint8Array>;

/** Portable driver of {@link Scrypt}: JavaScript, one to three seconds with the parameters of geth. */
export const portableScrypt: Scrypt = ({ password, salt, n, r, p, length, signal }) =>
  scryptAsync(password, salt, {
    ...{ N: n, r, p, dkLen: length },
    // Its own check is one of memory; ours was before.
    maxmem: 2 ** 31,
    onProgress: () => signal?.throwIfAborted(),
  });
