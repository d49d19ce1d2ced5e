import { claimMutants } from './claim-mutants.ts';
import { counterMutants } from './counter-mutants.ts';
import { effectMutants } from './effect-mutants.ts';
import type { Mutant } from './mutant.ts';
import { ruleMutants } from './rule-mutants.ts';
import { storeMutants } from './store-mutants.ts';

/** Every row of ledger.md, section 15. */
export const mutants: readonly Mutant[] = [
  ...effectMutants,
  ...storeMutants,
  ...ruleMutants,
  ...claimMutants,
  ...counterMutants,
];
