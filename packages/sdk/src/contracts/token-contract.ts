import { approve, getAllowance, getTokenBalance, transferTokens } from '@snetkit/contracts';
import type { BoundContract } from './bind-contract.ts';

const reads = { balanceOf: getTokenBalance, allowance: getAllowance };

const writes = { approve, transfer: transferTokens };

/** Functions of the token, by the names of seed 004. */
export const tokenFunctions: { readonly reads: typeof reads; readonly writes: typeof writes } = {
  reads,
  writes,
};

/** The token that services are paid with, for the accounts of an engine (seed 004, AGIXContract). */
export type TokenContract = BoundContract<typeof reads, typeof writes, 'token'>;
