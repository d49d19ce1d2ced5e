import { delay } from '../transactions/delay.ts';
import { RpcRefusal } from './rpc-refusal.ts';

/** Milliseconds before a node that lags behind the one that told the block is asked again. */
const pauses = [100, 300, 900];

/**
 * Reads at a block that the endpoint itself has told. Endpoints are many nodes: one may not have it
 * yet, and is given a moment. Inside this package only.
 *
 * @throws as `read`
 */
export async function whenBlockKnown<T>(
  read: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await read();
    } catch (error) {
      if (!isBlockUnknown(error)) throw error;
      await delay(pause, signal);
    }
  }
  return read();
}

/** Whether the endpoint refused a request because it does not have the block. */
export function isBlockUnknown(error: unknown): boolean {
  const words =
    /header not found|(?:unknown|future) block|block (?:is )?(?:not found|out ?of ?range)|BlockOutOfRange/i;
  return error instanceof RpcRefusal && words.test(error.rpcMessage);
}
