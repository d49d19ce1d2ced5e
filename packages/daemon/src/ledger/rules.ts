import { startClaim } from './claim.ts';
import { commitCall } from './commit.ts';
import { changeCounter, hasApplied } from './counter.ts';
import { keep } from './keep.ts';
import { getLimit } from './limit.ts';

/**
 * The decisions that money depends on, as one table of pure functions (ledger.md, sections 4, 5, 10
 * and 14). The accounts take it as a port, so that the simulation can put a wrong rule in the place of
 * a right one and see that its checks find it (ledger.md, section 15).
 */
export interface LedgerRules {
  readonly commitCall: typeof commitCall;
  readonly keep: typeof keep;
  readonly getLimit: typeof getLimit;
  readonly startClaim: typeof startClaim;
  readonly changeCounter: typeof changeCounter;
  readonly hasApplied: typeof hasApplied;
}

/** The rules. */
export const ledgerRules: LedgerRules = {
  commitCall,
  keep,
  getLimit,
  startClaim,
  changeCounter,
  hasApplied,
};
