import type { UsedRequest } from '../../group/control.ts';
import { serviceError } from '../service-error.ts';

/**
 * Blocks for which a used request is remembered. Its signature is good for some 11 (daemon.md 3.11);
 * the rest is for replicas whose clocks lag.
 */
const rememberedBlocks = 1_000n;

/** Whether a request with this very signature was used before: same method, signer and block. */
export function isUsed(used: readonly UsedRequest[], request: UsedRequest): boolean {
  return used.some(
    ({ method, signer, block }) =>
      method === request.method && signer === request.signer && block === request.block,
  );
}

/** The list with one more, and without those whose signatures are long worth nothing. */
export function addUsed(used: readonly UsedRequest[], request: UsedRequest): UsedRequest[] {
  return [...used.filter(({ block }) => block + rememberedBlocks >= request.block), request];
}

/** The refusal of a request that was used before. */
export function usedError(): Error {
  return serviceError(
    'authentication failed as the signature passed was used already, sign with a newer block',
  );
}
