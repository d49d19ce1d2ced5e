/** What became of the provider's money outside the channel's record. Amounts in cogs. */
export interface Books {
  /** Taken by claims that are over. */
  claimed: bigint;
  /** Served at a nonce that somebody claimed without the daemons' knowledge. */
  lost: bigint;
  /** Claims that were started. */
  starts: number;
  /** Claims without the daemons' knowledge. */
  outside: number;
}
