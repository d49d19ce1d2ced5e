import { BaseError } from '@snetkit/core';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';

const wordsOfSize =
  /range|limit|too (?:many|large|big|wide|long)|more than|exceed|response size|time ?out|timed out/i;

/** Limits of requests per time, and blocks that the endpoint does not have (yet). */
const otherLimits =
  /\brate\b|too many requests|request (?:count|limit)|quota|credit|capacity|per second|daily|out ?of ?range/i;

/**
 * Whether a smaller range of blocks may succeed where this one failed. Every provider words its limit
 * (blocks, results, bytes, time) in its own way.
 */
export function isRangeTooLarge(error: unknown): boolean {
  if (error instanceof RpcRefusal) {
    const text = error.rpcMessage;
    return wordsOfSize.test(text) && !otherLimits.test(text);
  }
  if (!(error instanceof BaseError)) return false;
  if (error.code === 'RPC_HTTP_STATUS') return error.found?.startsWith('HTTP 413') === true;
  return error.code === 'RPC_ANSWER_INVALID' && error.shortMessage.endsWith('is too long.');
}
