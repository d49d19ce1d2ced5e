import type { ChainClient } from '@snetkit/contracts';
import { BaseError, redact } from '@snetkit/core';

type Request = (request: object, options: object) => Promise<unknown>;

/**
 * Sends a JSON-RPC request that `@snetkit/contracts` has no function for.
 *
 * @throws BaseError `RPC_...`, or what `signal` was aborted with
 */
export async function sendChainRequest(
  client: ChainClient,
  request: { readonly method: string; readonly params: readonly unknown[] },
  { signal }: { signal?: AbortSignal } = {},
): Promise<unknown> {
  try {
    signal?.throwIfAborted();
    return await (client.request as unknown as Request)(request, { signal, retryCount: 0 });
  } catch (error) {
    if (signal?.reason instanceof BaseError) throw signal.reason;
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      if (cause instanceof BaseError) throw cause;
    }
    // Errors of other transports may show the whole URL: they are not kept as a cause.
    throw new BaseError('RPC_REFUSED', `The chain refused ${request.method}.`, {
      found: redact(getDetails(error)),
    });
  }
}

/** viem keeps the node's own words in `details`. */
function getDetails(error: unknown): string {
  const { details, message } = error as { details?: unknown; message?: unknown };
  return String(details ?? message ?? error);
}
