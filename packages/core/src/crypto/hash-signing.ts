/** Port: signs with a private key. Node has a faster driver. `signHash` checks what a driver is given. */
export interface HashSigning {
  /** Name of the driver, for logs and health. */
  readonly name: string;
  /**
   * Signs a hash as it is: 65 bytes `r||s||v` with v of 27 or 28, deterministic (RFC 6979), low S. Every
   * driver gives the same bytes.
   *
   * @param hash - 32 bytes
   * @param key - 32 bytes inside the range of the curve; the driver neither keeps nor changes them
   */
  signHash(hash: Uint8Array, key: Uint8Array): Uint8Array;
}
