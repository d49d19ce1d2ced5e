/** Port: finds out who signed. The daemon has faster drivers. */
export interface SignatureRecovery {
  /** Name of the driver, for logs and health. */
  readonly name: string;
  /**
   * The 20-byte address whose key signed the 32-byte hash.
   *
   * @param signature - 65 bytes `r||s||v`; v of 0/1 and 27/28
   * @throws BaseError `SIGNATURE_INVALID` with the texts of `parseSignature`; `BYTES_LENGTH_INVALID` for the hash
   */
  recoverAddress(hash: Uint8Array, signature: Uint8Array): Uint8Array;
}
