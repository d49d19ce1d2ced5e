/**
 * What the chain's view counts; every number only grows. Requests are counted where they leave, in
 * `observe/count-chain-requests.ts`.
 */
export interface ChainCounters {
  /** Times that blocks which had been seen were replaced by others. */
  reorganisations: number;
}
