import { isRangeTooLarge } from '../events/is-range-too-large.ts';
import { RpcRefusal } from './rpc-refusal.ts';

/**
 * Whether less at once may succeed where this failed: answers too long, too many requests in a batch,
 * too much gas for one call. Limits of requests per time are no such error.
 */
export function isTooMuch(error: unknown): boolean {
  if (error instanceof RpcRefusal && /\bgas\b/i.test(error.rpcMessage)) return true;
  return isRangeTooLarge(error);
}
