/** What amounts need to know about a token. */
export interface Token {
  /** For example `FET` or `AGIX`. */
  readonly symbol: string;
  /** Number of decimals: one token is `10 ** decimals` cogs. */
  readonly decimals: number;
}
