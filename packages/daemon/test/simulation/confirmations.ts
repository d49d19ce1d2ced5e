/** Blocks on top of a claim's block before the daemons take it for settled. */
export const confirmations = 2n;
