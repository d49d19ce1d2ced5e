import { BaseError, redact } from '@snetkit/core';
import type { ChainClient } from './create-chain-client.ts';
import { RpcRefusal } from './rpc-refusal.ts';

/** What every function that talks to the chain takes. */
export interface RequestOptions {
  /** Cancels the request. */
  readonly signal?: AbortSignal | undefined;
}

/** A JSON-RPC request. */
export interface RpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

type Request = (request: RpcRequest, options: object) => Promise<unknown>;

/**
 * Sends one JSON-RPC request through any viem client and returns its result, unchecked.
 *
 * @throws BaseError `RPC_REFUSED` when the endpoint answers with an error; otherwise as
 * {@link createChainClient} describes; `ABORTED`
 */
export async function sendRequest(
  client: ChainClient,
  request: RpcRequest,
  { signal }: RequestOptions = {},
): Promise<unknown> {
  try {
    return await (client.request as unknown as Request)(request, { signal, retryCount: 0 });
  } catch (error) {
    throw toBaseError(error, request.method, signal);
  }
}

/** Any error of a transport as one of ours. Inside this package only. */
export function toBaseError(
  error: unknown,
  method: string,
  signal: AbortSignal | undefined,
): BaseError {
  const causes = [...walkCauses(error)];
  const own = causes.find((cause) => cause instanceof BaseError);
  if (own) return own;
  if (signal?.aborted) return new BaseError('ABORTED', 'The chain request was cancelled.');
  const refused = causes.findLast((cause) => typeof readKey(cause, 'code') === 'number');
  if (refused !== undefined) {
    const code = readKey(refused, 'code') as number;
    const message = String(readKey(refused, 'message') ?? '');
    const data = causes.map((cause) => readKey(cause, 'data')).findLast((one) => one !== undefined);
    return new RpcRefusal(method, { code, message, data }, findHost(causes));
  }
  // Errors of other transports show the whole URL, so that none of them is kept as a cause.
  const late = causes.some((cause) => readKey(cause, 'name') === 'TimeoutError');
  return late
    ? new BaseError('RPC_TIMED_OUT', `The chain did not answer ${method} in time.`)
    : new BaseError('RPC_UNREACHABLE', 'The chain cannot be reached.', {
        found: redact(String(readKey(error, 'shortMessage') ?? readKey(error, 'message') ?? error)),
      });
}

/** viem's errors carry a URL: of our transport the host, of others all of it. */
function findHost(causes: readonly unknown[]): string | undefined {
  const url = causes.map((cause) => readKey(cause, 'url')).find((one) => typeof one === 'string');
  if (typeof url !== 'string') return undefined;
  return url.includes('://') ? URL.parse(url)?.host : url;
}

function* walkCauses(error: unknown): Generator<unknown> {
  for (let cause = error; cause !== undefined && cause !== null; cause = readKey(cause, 'cause')) {
    yield cause;
  }
}

function readKey(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
